using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class OwnedMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "webhooks")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.AlterTable(
                name: "messages")
                .Annotation("Npgsql:StorageParameter:fillfactor", 50)
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.AddColumn<long>(
                name: "finished_move",
                table: "server_processes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_left",
                table: "server_processes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "carrier_plan",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "move_count",
                table: "clock",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "moved_from",
                table: "clock",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "owned_messages",
                columns: table => new
                {
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    owner = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_owned_messages", x => x.message_sid);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 2000)
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "owned_messages");

            migrationBuilder.DropColumn(
                name: "finished_move",
                table: "server_processes");

            migrationBuilder.DropColumn(
                name: "has_left",
                table: "server_processes");

            migrationBuilder.DropColumn(
                name: "carrier_plan",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "move_count",
                table: "clock");

            migrationBuilder.DropColumn(
                name: "moved_from",
                table: "clock");

            migrationBuilder.AlterTable(
                name: "webhooks")
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.AlterTable(
                name: "messages")
                .Annotation("Npgsql:StorageParameter:fillfactor", 70)
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 50);
        }
    }
}
