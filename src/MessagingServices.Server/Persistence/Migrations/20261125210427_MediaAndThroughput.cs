using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class MediaAndThroughput : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "sent_body",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_turn",
                table: "message_queue",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "media",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    link_token = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: true, collation: "C"),
                    link_expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media", x => x.sid);
                    table.CheckConstraint("ck_media_link", "(link_token IS NULL) = (link_expires IS NULL)");
                });

            // Pictures are compressed already, and pieces of what is stored as it is are read without the rest.
            migrationBuilder.Sql("ALTER TABLE media ALTER COLUMN bytes SET NOT NULL, ALTER COLUMN bytes SET STORAGE EXTERNAL");

            migrationBuilder.CreateTable(
                name: "media_queue",
                columns: table => new
                {
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    endpoint = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    link_tokens = table.Column<string[]>(type: "text[]", nullable: true),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media_queue", x => x.message_sid);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 2000)
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "sender_backlogs",
                columns: table => new
                {
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false),
                    free_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sender_backlogs", x => new { x.account_sid, x.name });
                });

            migrationBuilder.CreateIndex(
                name: "ix_media_link_token",
                table: "media",
                column: "link_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_media_message_sid_ordinal",
                table: "media",
                columns: new[] { "message_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_media_queue_due",
                table: "media_queue",
                column: "due");

            migrationBuilder.CreateIndex(
                name: "ix_media_queue_endpoint_due",
                table: "media_queue",
                columns: new[] { "endpoint", "due" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "media");

            migrationBuilder.DropTable(
                name: "media_queue");

            migrationBuilder.DropTable(
                name: "sender_backlogs");

            migrationBuilder.DropColumn(
                name: "sent_body",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "has_turn",
                table: "message_queue");
        }
    }
}
