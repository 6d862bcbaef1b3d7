using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class InboundMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "fallback_method",
                table: "webhooks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "fallback_url",
                table: "webhooks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "autocreates_conversations",
                table: "messaging_services",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "inbound",
                table: "media_queue",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "address_configurations",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    address_country = table.Column<string>(type: "text", nullable: true),
                    auto_creates = table.Column<bool>(type: "boolean", nullable: false),
                    auto_creation_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    webhook_url = table.Column<string>(type: "text", nullable: true),
                    webhook_method = table.Column<string>(type: "text", nullable: false),
                    webhook_filters = table.Column<string[]>(type: "text[]", nullable: false),
                    studio_flow_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    studio_retry_count = table.Column<int>(type: "integer", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_address_configurations", x => x.sid);
                });

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
                name: "conversations",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    messaging_service_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    unique_name = table.Column<string>(type: "text", nullable: true),
                    attributes = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    next_index = table.Column<long>(type: "bigint", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations", x => x.sid);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

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

            migrationBuilder.CreateTable(
                name: "session_cookies",
                columns: table => new
                {
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    handset = table.Column<string>(type: "text", nullable: false),
                    sender = table.Column<string>(type: "text", nullable: false),
                    cookies = table.Column<string>(type: "text", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_cookies", x => new { x.account_sid, x.handset, x.sender });
                });

            migrationBuilder.CreateTable(
                name: "conversation_messages",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    conversation_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    index = table.Column<long>(type: "bigint", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    participant_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    body = table.Column<string>(type: "text", nullable: true),
                    source_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    content_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    attributes = table.Column<string>(type: "text", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_messages", x => x.sid);
                    table.ForeignKey(
                        name: "fk_conversation_messages_conversations_conversation_sid",
                        column: x => x.conversation_sid,
                        principalTable: "conversations",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_participants",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    conversation_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    identity = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    proxy_address = table.Column<string>(type: "text", nullable: true),
                    holds_pair = table.Column<bool>(type: "boolean", nullable: false),
                    attributes = table.Column<string>(type: "text", nullable: false),
                    role_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    last_read_message_index = table.Column<long>(type: "bigint", nullable: true),
                    last_read_timestamp = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_participants", x => x.sid);
                    table.CheckConstraint("ck_conversation_participants_binding", "(address IS NULL) = (proxy_address IS NULL)");
                    table.CheckConstraint("ck_conversation_participants_holds_pair", "address IS NOT NULL OR NOT holds_pair");
                    table.CheckConstraint("ck_conversation_participants_who", "identity IS NOT NULL OR address IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_conversation_participants_conversations_conversation_sid",
                        column: x => x.conversation_sid,
                        principalTable: "conversations",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_webhooks",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    conversation_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    url = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    filters = table.Column<string[]>(type: "text[]", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_webhooks", x => x.sid);
                    table.ForeignKey(
                        name: "fk_conversation_webhooks_conversations_conversation_sid",
                        column: x => x.conversation_sid,
                        principalTable: "conversations",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_deliveries",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    conversation_message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    participant_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_deliveries", x => x.sid);
                    table.CheckConstraint("ck_conversation_deliveries_outcome", "(message_sid IS NULL) = (error_code IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_conversation_deliveries_conversation_messages_conversation_",
                        column: x => x.conversation_message_sid,
                        principalTable: "conversation_messages",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_address_configurations_account_sid_address",
                table: "address_configurations",
                columns: new[] { "account_sid", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_address_configurations_account_sid_ordinal",
                table: "address_configurations",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_deliveries_conversation_message_sid_ordinal",
                table: "conversation_deliveries",
                columns: new[] { "conversation_message_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_messages_conversation_sid_index",
                table: "conversation_messages",
                columns: new[] { "conversation_sid", "index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_participants_account_sid_address",
                table: "conversation_participants",
                columns: new[] { "account_sid", "address" },
                filter: "address IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_participants_account_sid_identity",
                table: "conversation_participants",
                columns: new[] { "account_sid", "identity" },
                filter: "identity IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_participants_conversation_sid_identity",
                table: "conversation_participants",
                columns: new[] { "conversation_sid", "identity" },
                unique: true,
                filter: "identity IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_participants_conversation_sid_ordinal",
                table: "conversation_participants",
                columns: new[] { "conversation_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_participants_pair",
                table: "conversation_participants",
                columns: new[] { "account_sid", "address", "proxy_address" },
                unique: true,
                filter: "holds_pair");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_webhooks_conversation_sid_ordinal",
                table: "conversation_webhooks",
                columns: new[] { "conversation_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_account_sid_ordinal",
                table: "conversations",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_account_sid_unique_name",
                table: "conversations",
                columns: new[] { "account_sid", "unique_name" },
                unique: true,
                filter: "unique_name IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_opt_outs_account_sid_ordinal",
                table: "opt_outs",
                columns: new[] { "account_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_opt_outs_account_sid_scope_ordinal",
                table: "opt_outs",
                columns: new[] { "account_sid", "scope", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_session_cookies_expires",
                table: "session_cookies",
                column: "expires");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "address_configurations");

            migrationBuilder.DropTable(
                name: "advanced_opt_outs");

            migrationBuilder.DropTable(
                name: "conversation_deliveries");

            migrationBuilder.DropTable(
                name: "conversation_participants");

            migrationBuilder.DropTable(
                name: "conversation_webhooks");

            migrationBuilder.DropTable(
                name: "opt_outs");

            migrationBuilder.DropTable(
                name: "session_cookies");

            migrationBuilder.DropTable(
                name: "conversation_messages");

            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropColumn(
                name: "fallback_method",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "fallback_url",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "autocreates_conversations",
                table: "messaging_services");

            migrationBuilder.DropColumn(
                name: "inbound",
                table: "media_queue");
        }
    }
}
