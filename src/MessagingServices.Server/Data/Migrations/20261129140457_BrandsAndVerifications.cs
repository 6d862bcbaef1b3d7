using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class BrandsAndVerifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "brand_registration_sid",
                table: "a2p_campaigns",
                type: "character varying(34)",
                maxLength: 34,
                nullable: true,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(34)",
                oldMaxLength: 34,
                oldCollation: "C");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "decided_at",
                table: "a2p_campaigns",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "error_code",
                table: "a2p_campaigns",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "forced",
                table: "a2p_campaigns",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "forced_at",
                table: "a2p_campaigns",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_externally_registered",
                table: "a2p_campaigns",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "a2p_campaigns",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "review_from",
                table: "a2p_campaigns",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "brands",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    customer_profile_bundle_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    a2p_profile_bundle_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    brand_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    mock = table.Column<bool>(type: "boolean", nullable: false),
                    skip_automatic_sec_vet = table.Column<bool>(type: "boolean", nullable: false),
                    update_count = table.Column<int>(type: "integer", nullable: false),
                    forced = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    forced_identity = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    vetted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    review_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    forced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_brands", x => x.sid);
                });

            migrationBuilder.CreateTable(
                name: "tollfree_verifications",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    tollfree_phone_number_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    tollfree_phone_number = table.Column<string>(type: "text", nullable: false),
                    customer_profile_sid = table.Column<string>(type: "text", nullable: true),
                    external_reference_id = table.Column<string>(type: "text", nullable: true),
                    business_name = table.Column<string>(type: "text", nullable: false),
                    business_website = table.Column<string>(type: "text", nullable: false),
                    notification_email = table.Column<string>(type: "text", nullable: false),
                    use_case_categories = table.Column<string[]>(type: "text[]", nullable: false),
                    use_case_summary = table.Column<string>(type: "text", nullable: false),
                    production_message_sample = table.Column<string>(type: "text", nullable: false),
                    opt_in_image_urls = table.Column<string[]>(type: "text[]", nullable: false),
                    opt_in_type = table.Column<string>(type: "text", nullable: false),
                    message_volume = table.Column<string>(type: "text", nullable: false),
                    business_street_address = table.Column<string>(type: "text", nullable: true),
                    business_street_address2 = table.Column<string>(type: "text", nullable: true),
                    business_city = table.Column<string>(type: "text", nullable: true),
                    business_state_province_region = table.Column<string>(type: "text", nullable: true),
                    business_postal_code = table.Column<string>(type: "text", nullable: true),
                    business_country = table.Column<string>(type: "text", nullable: true),
                    additional_information = table.Column<string>(type: "text", nullable: true),
                    business_contact_first_name = table.Column<string>(type: "text", nullable: true),
                    business_contact_last_name = table.Column<string>(type: "text", nullable: true),
                    business_contact_email = table.Column<string>(type: "text", nullable: true),
                    business_contact_phone = table.Column<string>(type: "text", nullable: true),
                    business_registration_number = table.Column<string>(type: "text", nullable: true),
                    business_registration_authority = table.Column<string>(type: "text", nullable: true),
                    business_registration_country = table.Column<string>(type: "text", nullable: true),
                    business_type = table.Column<string>(type: "text", nullable: true),
                    business_registration_phone_number = table.Column<string>(type: "text", nullable: true),
                    doing_business_as = table.Column<string>(type: "text", nullable: true),
                    opt_in_confirmation_message = table.Column<string>(type: "text", nullable: true),
                    help_message_sample = table.Column<string>(type: "text", nullable: true),
                    privacy_policy_url = table.Column<string>(type: "text", nullable: true),
                    terms_and_conditions_url = table.Column<string>(type: "text", nullable: true),
                    age_gated_content = table.Column<bool>(type: "boolean", nullable: true),
                    opt_in_keywords = table.Column<string[]>(type: "text[]", nullable: true),
                    vetting_provider = table.Column<string>(type: "text", nullable: true),
                    vetting_id = table.Column<string>(type: "text", nullable: true),
                    forced = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    review_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    forced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tollfree_verifications", x => x.sid);
                });

            migrationBuilder.CreateTable(
                name: "brand_vettings",
                columns: table => new
                {
                    sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    brand_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    vetting_provider = table.Column<string>(type: "text", nullable: false),
                    vetting_id = table.Column<string>(type: "text", nullable: true),
                    forced = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    ordinal = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_sid = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false, collation: "C"),
                    review_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    forced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    date_created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    date_updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_brand_vettings", x => x.sid);
                    table.ForeignKey(
                        name: "fk_brand_vettings_brands_brand_sid",
                        column: x => x.brand_sid,
                        principalTable: "brands",
                        principalColumn: "sid",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_a2p_campaigns_brand_registration_sid",
                table: "a2p_campaigns",
                column: "brand_registration_sid");

            migrationBuilder.CreateIndex(
                name: "ix_brand_vettings_brand_sid_ordinal",
                table: "brand_vettings",
                columns: new[] { "brand_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_brands_account_sid_ordinal",
                table: "brands",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_tollfree_verifications_account_sid_ordinal",
                table: "tollfree_verifications",
                columns: new[] { "account_sid", "ordinal" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_tollfree_verifications_tollfree_phone_number_account_sid",
                table: "tollfree_verifications",
                columns: new[] { "tollfree_phone_number", "account_sid" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "brand_vettings");

            migrationBuilder.DropTable(
                name: "tollfree_verifications");

            migrationBuilder.DropTable(
                name: "brands");

            migrationBuilder.DropIndex(
                name: "ix_a2p_campaigns_brand_registration_sid",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "decided_at",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "error_code",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "forced",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "forced_at",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "is_externally_registered",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "a2p_campaigns");

            migrationBuilder.DropColumn(
                name: "review_from",
                table: "a2p_campaigns");

            migrationBuilder.AlterColumn<string>(
                name: "brand_registration_sid",
                table: "a2p_campaigns",
                type: "character varying(34)",
                maxLength: 34,
                nullable: false,
                defaultValue: "",
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(34)",
                oldMaxLength: 34,
                oldNullable: true,
                oldCollation: "C");
        }
    }
}
