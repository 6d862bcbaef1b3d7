using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class ContentMediaAndThroughput : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "parameters",
                table: "webhooks",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "attempts",
                table: "webhooks",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "status_changes",
                table: "messages",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<int>(
                name: "options",
                table: "messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<decimal>(
                name: "price",
                table: "messages",
                type: "numeric(12,5)",
                precision: 12,
                scale: 5,
                nullable: true);

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

            migrationBuilder.AddColumn<decimal>(
                name: "percent",
                table: "carrier_rules",
                type: "numeric(5,2)",
                precision: 5,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "seed",
                table: "carrier_rules",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "carrier_rule_draws",
                columns: table => new
                {
                    rule_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_carrier_rule_draws", x => new { x.rule_sid, x.message_sid });
                    table.ForeignKey(
                        name: "fk_carrier_rule_draws_carrier_rules_rule_sid",
                        column: x => x.rule_sid,
                        principalTable: "carrier_rules",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "content_templates",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    variables = table.Column<string>(type: "text", nullable: false),
                    types = table.Column<string>(type: "text", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_templates", x => x.sid);
                });

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
                    turn = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
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
                name: "message_feedback",
                columns: table => new
                {
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    outcome = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_feedback", x => x.message_sid);
                });

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
                name: "ix_carrier_rule_draws_message_sid",
                table: "carrier_rule_draws",
                column: "message_sid");

            migrationBuilder.CreateIndex(
                name: "ix_carrier_rule_draws_rule_sid_recipient_number",
                table: "carrier_rule_draws",
                columns: new[] { "rule_sid", "recipient", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_content_templates_account_sid_ordinal",
                table: "content_templates",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

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
                name: "carrier_rule_draws");

            migrationBuilder.DropTable(
                name: "content_templates");

            migrationBuilder.DropTable(
                name: "media");

            migrationBuilder.DropTable(
                name: "media_queue");

            migrationBuilder.DropTable(
                name: "message_feedback");

            migrationBuilder.DropTable(
                name: "sender_backlogs");

            migrationBuilder.DropColumn(
                name: "options",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "price",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "sent_body",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "has_turn",
                table: "message_queue");

            migrationBuilder.DropColumn(
                name: "percent",
                table: "carrier_rules");

            migrationBuilder.DropColumn(
                name: "seed",
                table: "carrier_rules");

            migrationBuilder.Sql("ALTER TABLE webhooks ALTER COLUMN parameters TYPE jsonb USING parameters::jsonb");

            migrationBuilder.Sql("ALTER TABLE webhooks ALTER COLUMN attempts TYPE jsonb USING attempts::jsonb");

            migrationBuilder.Sql("ALTER TABLE messages ALTER COLUMN status_changes TYPE jsonb USING status_changes::jsonb");
        }
    }
}
