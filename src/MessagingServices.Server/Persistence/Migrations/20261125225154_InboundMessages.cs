using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MessagingServices.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class InboundMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "autocreates_conversations",
                table: "messaging_services",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "autocreates_conversations",
                table: "messaging_services");
        }
    }
}
