using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PricesFeedbackContentAndDraws : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "price",
                table: "messages",
                type: "numeric(12,5)",
                precision: 12,
                scale: 5,
                nullable: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "carrier_rule_draws");

            migrationBuilder.DropTable(
                name: "content_templates");

            migrationBuilder.DropTable(
                name: "message_feedback");

            migrationBuilder.DropColumn(
                name: "price",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "percent",
                table: "carrier_rules");

            migrationBuilder.DropColumn(
                name: "seed",
                table: "carrier_rules");
        }
    }
}
