using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class FasterQueues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Messages on their way to the carrier were marked here: what a crash has left there is handed over again.
            migrationBuilder.Sql(
                """
                UPDATE messages SET status = 'queued', status_changes = status_changes - -1 FROM message_queue AS entry
                WHERE sid = entry.message_sid AND entry.stage = 'hand_to_carrier' AND status = 'sending'
                    AND NOT EXISTS (SELECT FROM carrier_deliveries AS delivery WHERE delivery.message_sid = sid)
                """);

            migrationBuilder.DropIndex(
                name: "ix_webhook_queue_claimed_by",
                table: "webhook_queue");

            migrationBuilder.DropIndex(
                name: "ix_messages_account_sid_date_sent",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_account_sid_from_ordinal",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_message_queue_claimed_by",
                table: "message_queue");

            migrationBuilder.DropColumn(
                name: "claimed_by",
                table: "message_queue");

            migrationBuilder.AlterTable(
                name: "sender_selections")
                .Annotation("Npgsql:StorageParameter:toast_tuple_target", 8160);

            migrationBuilder.AlterColumn<string>(
                name: "steps",
                table: "sender_selections",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_date_sent",
                table: "messages",
                columns: new[] { "account_sid", "date_sent" },
                filter: "date_sent IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_from_ordinal",
                table: "messages",
                columns: new[] { "account_sid", "from", "ordinal" },
                filter: "\"from\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_messages_account_sid_date_sent",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_account_sid_from_ordinal",
                table: "messages");

            migrationBuilder.AlterTable(
                name: "sender_selections")
                .OldAnnotation("Npgsql:StorageParameter:toast_tuple_target", 8160);

            migrationBuilder.Sql("ALTER TABLE sender_selections ALTER COLUMN steps TYPE jsonb USING steps::jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "claimed_by",
                table: "message_queue",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_queue_claimed_by",
                table: "webhook_queue",
                column: "claimed_by",
                filter: "claimed_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_date_sent",
                table: "messages",
                columns: new[] { "account_sid", "date_sent" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_from_ordinal",
                table: "messages",
                columns: new[] { "account_sid", "from", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_message_queue_claimed_by",
                table: "message_queue",
                column: "claimed_by",
                filter: "claimed_by IS NOT NULL");
        }
    }
}
