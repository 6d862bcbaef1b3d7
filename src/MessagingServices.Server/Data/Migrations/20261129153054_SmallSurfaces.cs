using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class SmallSurfaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "error_code",
                table: "webhooks",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "content_sid",
                table: "messages",
                type: "character varying(34)",
                maxLength: 34,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "allows_category_change",
                table: "content_templates",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "approval_category",
                table: "content_templates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "approval_name",
                table: "content_templates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "approval_submitted",
                table: "content_templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "date_updated",
                table: "content_templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "forced_approval",
                table: "content_templates",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true,
                defaultValue: "approved");

            migrationBuilder.AddColumn<string>(
                name: "rejection_reason",
                table: "content_templates",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    api_version = table.Column<string>(type: "text", nullable: false),
                    sms_url = table.Column<string>(type: "text", nullable: true),
                    sms_method = table.Column<string>(type: "text", nullable: false),
                    sms_fallback_url = table.Column<string>(type: "text", nullable: true),
                    sms_fallback_method = table.Column<string>(type: "text", nullable: false),
                    sms_status_callback = table.Column<string>(type: "text", nullable: true),
                    message_status_callback = table.Column<string>(type: "text", nullable: true),
                    status_callback = table.Column<string>(type: "text", nullable: true),
                    status_callback_method = table.Column<string>(type: "text", nullable: false),
                    voice_url = table.Column<string>(type: "text", nullable: true),
                    voice_method = table.Column<string>(type: "text", nullable: false),
                    voice_fallback_url = table.Column<string>(type: "text", nullable: true),
                    voice_fallback_method = table.Column<string>(type: "text", nullable: false),
                    voice_caller_id_lookup = table.Column<bool>(type: "boolean", nullable: false),
                    public_application_connect_enabled = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.sid);
                });

            // The last code. Rows of former versions have a space after the colon.
            migrationBuilder.Sql(
                """
                UPDATE webhooks SET error_code = (regexp_match(attempts, '.*"error_code": ?([0-9]+)'))[1]::integer
                WHERE attempts ~ '"error_code": ?[0-9]'
                """);

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_with_error",
                table: "webhooks",
                columns: new[] { "account_sid", "ordinal" },
                filter: "error_code IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_applications_account_sid_ordinal",
                table: "applications",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropIndex(
                name: "ix_webhooks_with_error",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "error_code",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "content_sid",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "allows_category_change",
                table: "content_templates");

            migrationBuilder.DropColumn(
                name: "approval_category",
                table: "content_templates");

            migrationBuilder.DropColumn(
                name: "approval_name",
                table: "content_templates");

            migrationBuilder.DropColumn(
                name: "approval_submitted",
                table: "content_templates");

            migrationBuilder.DropColumn(
                name: "date_updated",
                table: "content_templates");

            migrationBuilder.DropColumn(
                name: "forced_approval",
                table: "content_templates");

            migrationBuilder.DropColumn(
                name: "rejection_reason",
                table: "content_templates");
        }
    }
}
