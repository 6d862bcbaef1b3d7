using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class Accounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_short_codes_code_country",
                table: "short_codes");

            migrationBuilder.DropIndex(
                name: "ix_phone_numbers_number",
                table: "phone_numbers");

            migrationBuilder.DropIndex(
                name: "ix_channel_senders_sender_id",
                table: "channel_senders");

            migrationBuilder.AlterColumn<string>(
                name: "friendly_name",
                table: "accounts",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "date_updated",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<long>(
                name: "ordinal",
                table: "accounts",
                type: "bigint",
                nullable: false,
                defaultValue: 0L)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn);

            migrationBuilder.AddColumn<string>(
                name: "owner_sid",
                table: "accounts",
                type: "character varying(34)",
                maxLength: 34,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "accounts",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "active");

            migrationBuilder.Sql("UPDATE accounts SET date_updated = date_created");

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    friendly_name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    policy = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.sid);
                    table.ForeignKey(
                        name: "fk_api_keys_accounts_account_sid",
                        column: x => x.account_sid,
                        principalTable: "accounts",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_short_codes_account_sid_code_country",
                table: "short_codes",
                columns: new[] { "account_sid", "code", "country" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_phone_numbers_account_sid_number",
                table: "phone_numbers",
                columns: new[] { "account_sid", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channel_senders_account_sid_sender_id",
                table: "channel_senders",
                columns: new[] { "account_sid", "sender_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_owner_sid_ordinal",
                table: "accounts",
                columns: new[] { "owner_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_account_sid_ordinal",
                table: "api_keys",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropIndex(
                name: "ix_short_codes_account_sid_code_country",
                table: "short_codes");

            migrationBuilder.DropIndex(
                name: "ix_phone_numbers_account_sid_number",
                table: "phone_numbers");

            migrationBuilder.DropIndex(
                name: "ix_channel_senders_account_sid_sender_id",
                table: "channel_senders");

            migrationBuilder.DropIndex(
                name: "ix_accounts_owner_sid_ordinal",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "date_updated",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "ordinal",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "owner_sid",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "status",
                table: "accounts");

            migrationBuilder.AlterColumn<string>(
                name: "friendly_name",
                table: "accounts",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.CreateIndex(
                name: "ix_short_codes_code_country",
                table: "short_codes",
                columns: new[] { "code", "country" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_phone_numbers_number",
                table: "phone_numbers",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channel_senders_sender_id",
                table: "channel_senders",
                column: "sender_id",
                unique: true);
        }
    }
}
