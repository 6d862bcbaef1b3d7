using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class CarrierRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What is on its way arrives as it would have.
            migrationBuilder.AddColumn<int>(
                name: "delay_ms",
                table: "carrier_deliveries",
                type: "integer",
                nullable: false,
                defaultValue: 100);

            migrationBuilder.AddColumn<int>(
                name: "error_code",
                table: "carrier_deliveries",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "final_status",
                table: "carrier_deliveries",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "delivered");

            migrationBuilder.CreateTable(
                name: "carrier_rules",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    to = table.Column<string>(type: "text", nullable: true),
                    from = table.Column<string>(type: "text", nullable: true),
                    body_contains = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    delay_ms = table.Column<int>(type: "integer", nullable: true),
                    supports_mms = table.Column<bool>(type: "boolean", nullable: true),
                    supports_rcs = table.Column<bool>(type: "boolean", nullable: true),
                    supports_whats_app = table.Column<bool>(type: "boolean", nullable: true),
                    times = table.Column<int>(type: "integer", nullable: true),
                    times_used = table.Column<int>(type: "integer", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_carrier_rules", x => x.sid);
                    table.CheckConstraint("ck_carrier_rules_times_used", "times_used <= times");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "carrier_rule_uses",
                columns: table => new
                {
                    rule_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_carrier_rule_uses", x => new { x.rule_sid, x.message_sid });
                    table.ForeignKey(
                        name: "fk_carrier_rule_uses_carrier_rules_rule_sid",
                        column: x => x.rule_sid,
                        principalTable: "carrier_rules",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_carrier_rules_account_sid_ordinal",
                table: "carrier_rules",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "carrier_rule_uses");

            migrationBuilder.DropTable(
                name: "carrier_rules");

            migrationBuilder.DropColumn(
                name: "delay_ms",
                table: "carrier_deliveries");

            migrationBuilder.DropColumn(
                name: "error_code",
                table: "carrier_deliveries");

            migrationBuilder.DropColumn(
                name: "final_status",
                table: "carrier_deliveries");
        }
    }
}
