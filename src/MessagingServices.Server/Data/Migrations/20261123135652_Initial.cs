using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    auth_token = table.Column<string>(type: "text", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.sid);
                });

            migrationBuilder.CreateTable(
                name: "carrier_deliveries",
                columns: table => new
                {
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    next_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_carrier_deliveries", x => x.message_sid);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 2000)
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "clock",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    offset = table.Column<TimeSpan>(type: "interval", nullable: false),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    jump_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    jump_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reset_count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clock", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message_queue",
                columns: table => new
                {
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    stage = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_queue", x => x.message_sid);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 2000)
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    messaging_service_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: true, collation: "C"),
                    direction = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    to = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    media_urls = table.Column<string[]>(type: "text[]", nullable: false),
                    num_segments = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    status_callback = table.Column<string>(type: "text", nullable: true),
                    validity_period = table.Column<int>(type: "integer", nullable: false),
                    send_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_sent = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status_changes = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => x.sid);
                    table.CheckConstraint("ck_messages_date_sent", "(status IN ('sent', 'delivered', 'undelivered', 'read', 'received')) = (date_sent IS NOT NULL)");
                    table.CheckConstraint("ck_messages_error_code", "(status IN ('failed', 'undelivered')) = (error_code IS NOT NULL)");
                    table.CheckConstraint("ck_messages_from", "\"from\" IS NOT NULL OR status IN ('accepted', 'scheduled', 'canceled', 'failed')");
                    table.CheckConstraint("ck_messages_status", "status IN ('accepted', 'canceled', 'delivered', 'failed', 'queued', 'read', 'received', 'receiving', 'scheduled', 'sending', 'sent', 'undelivered')");
                    table.CheckConstraint("ck_messages_validity_period", "validity_period BETWEEN 1 AND 36000");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "messaging_services",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    inbound_request_url = table.Column<string>(type: "text", nullable: true),
                    inbound_method = table.Column<string>(type: "text", nullable: false),
                    fallback_url = table.Column<string>(type: "text", nullable: true),
                    fallback_method = table.Column<string>(type: "text", nullable: false),
                    status_callback = table.Column<string>(type: "text", nullable: true),
                    sticky_sender = table.Column<bool>(type: "boolean", nullable: false),
                    mms_converter = table.Column<bool>(type: "boolean", nullable: false),
                    smart_encoding = table.Column<bool>(type: "boolean", nullable: false),
                    scan_message_content = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    fallback_to_long_code = table.Column<bool>(type: "boolean", nullable: false),
                    area_code_geomatch = table.Column<bool>(type: "boolean", nullable: false),
                    validity_period = table.Column<int>(type: "integer", nullable: false),
                    synchronous_validation = table.Column<bool>(type: "boolean", nullable: false),
                    usecase = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    use_inbound_webhook_on_number = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_services", x => x.sid);
                    table.CheckConstraint("ck_messaging_services_validity_period", "validity_period BETWEEN 1 AND 36000");
                });

            migrationBuilder.CreateTable(
                name: "phone_numbers",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    number = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: true),
                    is_toll_free = table.Column<bool>(type: "boolean", nullable: false),
                    is_mobile = table.Column<bool>(type: "boolean", nullable: false),
                    capabilities = table.Column<int>(type: "integer", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    api_version = table.Column<string>(type: "text", nullable: false),
                    sms_url = table.Column<string>(type: "text", nullable: true),
                    sms_method = table.Column<string>(type: "text", nullable: false),
                    sms_fallback_url = table.Column<string>(type: "text", nullable: true),
                    sms_fallback_method = table.Column<string>(type: "text", nullable: false),
                    sms_application_sid = table.Column<string>(type: "text", nullable: true),
                    status_callback = table.Column<string>(type: "text", nullable: true),
                    status_callback_method = table.Column<string>(type: "text", nullable: false),
                    voice_url = table.Column<string>(type: "text", nullable: true),
                    voice_method = table.Column<string>(type: "text", nullable: false),
                    voice_fallback_url = table.Column<string>(type: "text", nullable: true),
                    voice_fallback_method = table.Column<string>(type: "text", nullable: false),
                    voice_application_sid = table.Column<string>(type: "text", nullable: true),
                    voice_caller_id_lookup = table.Column<bool>(type: "boolean", nullable: false),
                    voice_receive_mode = table.Column<string>(type: "text", nullable: false),
                    emergency_status = table.Column<string>(type: "text", nullable: false),
                    emergency_address_sid = table.Column<string>(type: "text", nullable: true),
                    trunk_sid = table.Column<string>(type: "text", nullable: true),
                    identity_sid = table.Column<string>(type: "text", nullable: true),
                    address_sid = table.Column<string>(type: "text", nullable: true),
                    bundle_sid = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_phone_numbers", x => x.sid);
                });

            migrationBuilder.CreateTable(
                name: "seed_applications",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    date_applied = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seed_applications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sender_selections",
                columns: table => new
                {
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    chosen = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    steps = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sender_selections", x => x.message_sid);
                });

            migrationBuilder.CreateTable(
                name: "server_processes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_server_processes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_queue",
                columns: table => new
                {
                    webhook_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    endpoint = table.Column<string>(type: "text", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_queue", x => x.webhook_sid);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 2000)
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    message_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    idempotency_token = table.Column<Guid>(type: "uuid", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    signature = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<string>(type: "jsonb", nullable: false),
                    outcome = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.sid);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "pool_senders",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    messaging_service_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: true),
                    is_toll_free = table.Column<bool>(type: "boolean", nullable: false),
                    capabilities = table.Column<int>(type: "integer", nullable: false),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pool_senders", x => x.sid);
                    table.ForeignKey(
                        name: "fk_pool_senders_messaging_services_messaging_service_sid",
                        column: x => x.messaging_service_sid,
                        principalTable: "messaging_services",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_carrier_deliveries_due",
                table: "carrier_deliveries",
                column: "due");

            migrationBuilder.CreateIndex(
                name: "ix_message_queue_claimed_by",
                table: "message_queue",
                column: "claimed_by",
                filter: "claimed_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_queue_stage_due",
                table: "message_queue",
                columns: new[] { "stage", "due" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_date_sent",
                table: "messages",
                columns: new[] { "account_sid", "date_sent" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_from_ordinal",
                table: "messages",
                columns: new[] { "account_sid", "from", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_ordinal",
                table: "messages",
                columns: new[] { "account_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_account_sid_to_ordinal",
                table: "messages",
                columns: new[] { "account_sid", "to", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_services_account_sid_ordinal",
                table: "messaging_services",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_phone_numbers_account_sid_ordinal",
                table: "phone_numbers",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_phone_numbers_number",
                table: "phone_numbers",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pool_senders_messaging_service_sid_ordinal",
                table: "pool_senders",
                columns: new[] { "messaging_service_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_queue_claimed_by",
                table: "webhook_queue",
                column: "claimed_by",
                filter: "claimed_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_queue_endpoint_ordinal",
                table: "webhook_queue",
                columns: new[] { "endpoint", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_queue_message_sid_ordinal",
                table: "webhook_queue",
                columns: new[] { "message_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_account_sid_ordinal",
                table: "webhooks",
                columns: new[] { "account_sid", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_message_sid",
                table: "webhooks",
                column: "message_sid");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "carrier_deliveries");

            migrationBuilder.DropTable(
                name: "clock");

            migrationBuilder.DropTable(
                name: "message_queue");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "phone_numbers");

            migrationBuilder.DropTable(
                name: "pool_senders");

            migrationBuilder.DropTable(
                name: "seed_applications");

            migrationBuilder.DropTable(
                name: "sender_selections");

            migrationBuilder.DropTable(
                name: "server_processes");

            migrationBuilder.DropTable(
                name: "webhook_queue");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropTable(
                name: "messaging_services");
        }
    }
}
