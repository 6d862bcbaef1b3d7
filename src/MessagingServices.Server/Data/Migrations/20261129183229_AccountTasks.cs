using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class AccountTasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_tasks",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    last_message = table.Column<long>(type: "bigint", nullable: false),
                    is_followed = table.Column<bool>(type: "boolean", nullable: false),
                    is_done = table.Column<bool>(type: "boolean", nullable: false),
                    followers = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "held_webhooks",
                columns: table => new
                {
                    webhook_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false),
                    endpoint = table.Column<string>(type: "text", nullable: false),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_webhooks", x => x.webhook_sid);
                });

            migrationBuilder.CreateIndex(
                name: "ix_message_feedback_account_sid",
                table: "message_feedback",
                column: "account_sid");

            migrationBuilder.CreateIndex(
                name: "ix_media_account_sid",
                table: "media",
                column: "account_sid");

            migrationBuilder.CreateIndex(
                name: "ix_held_webhooks_account_sid_ordinal",
                table: "held_webhooks",
                columns: new[] { "account_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_held_webhooks_message_sid",
                table: "held_webhooks",
                column: "message_sid");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_tasks");

            migrationBuilder.DropTable(
                name: "held_webhooks");

            migrationBuilder.DropIndex(
                name: "ix_message_feedback_account_sid",
                table: "message_feedback");

            migrationBuilder.DropIndex(
                name: "ix_media_account_sid",
                table: "media");
        }
    }
}
