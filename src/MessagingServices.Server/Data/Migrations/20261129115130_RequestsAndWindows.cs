using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class RequestsAndWindows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "url",
                table: "conversation_webhooks",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<string>(
                name: "flow_sid",
                table: "conversation_webhooks",
                type: "character varying(34)",
                maxLength: 34,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "replay_after",
                table: "conversation_webhooks",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "target",
                table: "conversation_webhooks",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "webhook");

            migrationBuilder.AddColumn<string[]>(
                name: "triggers",
                table: "conversation_webhooks",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "friendly_name",
                table: "channel_senders",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "whatsapp_windows",
                columns: table => new
                {
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    handset = table.Column<string>(type: "text", nullable: false),
                    sender = table.Column<string>(type: "text", nullable: false),
                    opened = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_whatsapp_windows", x => new { x.account_sid, x.handset, x.sender });
                });

            migrationBuilder.CreateIndex(
                name: "ix_whatsapp_windows_account_sid_opened",
                table: "whatsapp_windows",
                columns: new[] { "account_sid", "opened" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "whatsapp_windows");

            migrationBuilder.DropColumn(
                name: "flow_sid",
                table: "conversation_webhooks");

            migrationBuilder.DropColumn(
                name: "replay_after",
                table: "conversation_webhooks");

            migrationBuilder.DropColumn(
                name: "target",
                table: "conversation_webhooks");

            migrationBuilder.DropColumn(
                name: "triggers",
                table: "conversation_webhooks");

            migrationBuilder.DropColumn(
                name: "friendly_name",
                table: "channel_senders");

            migrationBuilder.AlterColumn<string>(
                name: "url",
                table: "conversation_webhooks",
                type: "text",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);
        }
    }
}
