using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class FaultRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "fault",
                table: "webhooks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "not_before",
                table: "webhook_queue",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "step",
                table: "webhook_queue",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "step",
                table: "held_webhooks",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "request_rules",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    method = table.Column<string>(type: "text", nullable: true),
                    path = table.Column<string>(type: "text", nullable: true),
                    to = table.Column<string>(type: "text", nullable: true),
                    from = table.Column<string>(type: "text", nullable: true),
                    body_contains = table.Column<string>(type: "text", nullable: true),
                    status_code = table.Column<int>(type: "integer", nullable: true),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    retry_after = table.Column<int>(type: "integer", nullable: true),
                    delay_ms = table.Column<int>(type: "integer", nullable: true),
                    disconnect = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    times = table.Column<int>(type: "integer", nullable: true),
                    times_used = table.Column<int>(type: "integer", nullable: false),
                    percent = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: true),
                    seed = table.Column<int>(type: "integer", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_rules", x => x.sid);
                    table.CheckConstraint("ck_request_rules_times_used", "times_used <= times");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "webhook_rules",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    url = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    to = table.Column<string>(type: "text", nullable: true),
                    from = table.Column<string>(type: "text", nullable: true),
                    delay_ms = table.Column<int>(type: "integer", nullable: true),
                    duplicate = table.Column<bool>(type: "boolean", nullable: false),
                    drop = table.Column<bool>(type: "boolean", nullable: false),
                    reorder = table.Column<bool>(type: "boolean", nullable: false),
                    hold_ms = table.Column<int>(type: "integer", nullable: true),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    times = table.Column<int>(type: "integer", nullable: true),
                    times_used = table.Column<int>(type: "integer", nullable: false),
                    percent = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: true),
                    seed = table.Column<int>(type: "integer", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_rules", x => x.sid);
                    table.CheckConstraint("ck_webhook_rules_times_used", "times_used <= times");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "request_rule_draws",
                columns: table => new
                {
                    rule_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    subject = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_rule_draws", x => new { x.rule_sid, x.subject });
                    table.ForeignKey(
                        name: "fk_request_rule_draws_request_rules_rule_sid",
                        column: x => x.rule_sid,
                        principalTable: "request_rules",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "webhook_rule_matches",
                columns: table => new
                {
                    rule_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    matches = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_rule_matches", x => new { x.rule_sid, x.recipient });
                    table.ForeignKey(
                        name: "fk_webhook_rule_matches_webhook_rules_rule_sid",
                        column: x => x.rule_sid,
                        principalTable: "webhook_rules",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_queue_held",
                table: "webhook_queue",
                column: "message_sid",
                filter: "step = 'held'");

            migrationBuilder.CreateIndex(
                name: "ix_request_rules_account_sid_ordinal",
                table: "request_rules",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_rules_account_sid_ordinal",
                table: "webhook_rules",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "request_rule_draws");

            migrationBuilder.DropTable(
                name: "webhook_rule_matches");

            migrationBuilder.DropTable(
                name: "request_rules");

            migrationBuilder.DropTable(
                name: "webhook_rules");

            migrationBuilder.DropIndex(
                name: "ix_webhook_queue_held",
                table: "webhook_queue");

            migrationBuilder.DropColumn(
                name: "fault",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "not_before",
                table: "webhook_queue");

            migrationBuilder.DropColumn(
                name: "step",
                table: "webhook_queue");

            migrationBuilder.DropColumn(
                name: "step",
                table: "held_webhooks");
        }
    }
}
