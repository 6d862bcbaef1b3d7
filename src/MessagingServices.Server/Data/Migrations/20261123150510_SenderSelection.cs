using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class SenderSelection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "approved_countries",
                table: "pool_senders",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "type",
                table: "pool_senders",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE pool_senders SET type = CASE WHEN is_toll_free THEN 'toll_free' ELSE 'long_code' END");

            migrationBuilder.DropColumn(
                name: "is_toll_free",
                table: "pool_senders");

            migrationBuilder.AddColumn<string>(
                name: "channel_install_sid",
                table: "messages",
                type: "character varying(34)",
                maxLength: 34,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "fallback_from",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "a2p_campaigns",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    messaging_service_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    brand_registration_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    campaign_id = table.Column<string>(type: "text", nullable: false),
                    us_app_to_person_usecase = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    message_flow = table.Column<string>(type: "text", nullable: false),
                    message_samples = table.Column<string[]>(type: "text[]", nullable: false),
                    has_embedded_links = table.Column<bool>(type: "boolean", nullable: false),
                    has_embedded_phone = table.Column<bool>(type: "boolean", nullable: false),
                    subscriber_opt_in = table.Column<bool>(type: "boolean", nullable: false),
                    age_gated = table.Column<bool>(type: "boolean", nullable: false),
                    direct_lending = table.Column<bool>(type: "boolean", nullable: false),
                    opt_in_message = table.Column<string>(type: "text", nullable: true),
                    opt_out_message = table.Column<string>(type: "text", nullable: true),
                    help_message = table.Column<string>(type: "text", nullable: true),
                    opt_in_keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    opt_out_keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    help_keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    privacy_policy_url = table.Column<string>(type: "text", nullable: true),
                    terms_and_conditions_url = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_a2p_campaigns", x => x.sid);
                    table.ForeignKey(
                        name: "fk_a2p_campaigns_messaging_services_messaging_service_sid",
                        column: x => x.messaging_service_sid,
                        principalTable: "messaging_services",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "channel_senders",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    sender_id = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    country = table.Column<string>(type: "text", nullable: true),
                    approved_countries = table.Column<string[]>(type: "text[]", nullable: false),
                    configuration = table.Column<string>(type: "jsonb", nullable: true),
                    webhook = table.Column<string>(type: "jsonb", nullable: true),
                    profile = table.Column<string>(type: "jsonb", nullable: true),
                    compliance_registration_sid = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_senders", x => x.sid);
                });

            migrationBuilder.CreateTable(
                name: "short_codes",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    code = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    capabilities = table.Column<int>(type: "integer", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    api_version = table.Column<string>(type: "text", nullable: false),
                    sms_url = table.Column<string>(type: "text", nullable: true),
                    sms_method = table.Column<string>(type: "text", nullable: false),
                    sms_fallback_url = table.Column<string>(type: "text", nullable: true),
                    sms_fallback_method = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_short_codes", x => x.sid);
                });

            migrationBuilder.CreateTable(
                name: "sticky_senders",
                columns: table => new
                {
                    messaging_service_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    to = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    country = table.Column<string>(type: "text", nullable: true),
                    sender_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    is_used = table.Column<bool>(type: "boolean", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sticky_senders", x => new { x.messaging_service_sid, x.to, x.channel });
                    table.ForeignKey(
                        name: "fk_sticky_senders_pool_senders_sender_sid",
                        column: x => x.sender_sid,
                        principalTable: "pool_senders",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_pool_senders_account_sid_address",
                table: "pool_senders",
                columns: new[] { "account_sid", "address" });

            migrationBuilder.CreateIndex(
                name: "ix_a2p_campaigns_messaging_service_sid",
                table: "a2p_campaigns",
                column: "messaging_service_sid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channel_senders_account_sid_channel_ordinal",
                table: "channel_senders",
                columns: new[] { "account_sid", "channel", "ordinal" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_channel_senders_sender_id",
                table: "channel_senders",
                column: "sender_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_short_codes_account_sid_ordinal",
                table: "short_codes",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_short_codes_code_country",
                table: "short_codes",
                columns: new[] { "code", "country" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sticky_senders_sender_sid",
                table: "sticky_senders",
                column: "sender_sid");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "a2p_campaigns");

            migrationBuilder.DropTable(
                name: "channel_senders");

            migrationBuilder.DropTable(
                name: "short_codes");

            migrationBuilder.DropTable(
                name: "sticky_senders");

            migrationBuilder.DropIndex(
                name: "ix_pool_senders_account_sid_address",
                table: "pool_senders");

            migrationBuilder.DropColumn(
                name: "approved_countries",
                table: "pool_senders");

            migrationBuilder.DropColumn(
                name: "channel_install_sid",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "fallback_from",
                table: "messages");

            migrationBuilder.AddColumn<bool>(
                name: "is_toll_free",
                table: "pool_senders",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("DELETE FROM pool_senders WHERE type NOT IN ('toll_free', 'long_code')");
            migrationBuilder.Sql("UPDATE pool_senders SET is_toll_free = type = 'toll_free'");

            migrationBuilder.DropColumn(
                name: "type",
                table: "pool_senders");
        }
    }
}
