using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class OptOuts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "advanced_opt_outs",
                columns: table => new
                {
                    messaging_service_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    standard = table.Column<string>(type: "text", nullable: false),
                    overrides = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advanced_opt_outs", x => x.messaging_service_sid);
                    table.ForeignKey(
                        name: "fk_advanced_opt_outs_messaging_services_messaging_service_sid",
                        column: x => x.messaging_service_sid,
                        principalTable: "messaging_services",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "opt_outs",
                columns: table => new
                {
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    scope = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    recipient = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opt_outs", x => new { x.recipient, x.account_sid, x.channel, x.scope });
                });

            migrationBuilder.CreateIndex(
                name: "ix_opt_outs_account_sid_ordinal",
                table: "opt_outs",
                columns: new[] { "account_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_opt_outs_account_sid_scope_ordinal",
                table: "opt_outs",
                columns: new[] { "account_sid", "scope", "ordinal" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "advanced_opt_outs");

            migrationBuilder.DropTable(
                name: "opt_outs");
        }
    }
}
