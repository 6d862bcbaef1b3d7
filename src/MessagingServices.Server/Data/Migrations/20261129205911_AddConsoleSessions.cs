using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class AddConsoleSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "console_sessions",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    key_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_console_sessions", x => x.token_hash);
                    table.ForeignKey(
                        name: "fk_console_sessions_accounts_account_sid",
                        column: x => x.account_sid,
                        principalTable: "accounts",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_console_sessions_api_keys_key_sid",
                        column: x => x.key_sid,
                        principalTable: "api_keys",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_console_sessions_account_sid_expires",
                table: "console_sessions",
                columns: new[] { "account_sid", "expires" });

            migrationBuilder.CreateIndex(
                name: "ix_console_sessions_expires",
                table: "console_sessions",
                column: "expires");

            migrationBuilder.CreateIndex(
                name: "ix_console_sessions_key_sid",
                table: "console_sessions",
                column: "key_sid");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "console_sessions");
        }
    }
}
