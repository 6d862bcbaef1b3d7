using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MessagingServices.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class SharedSelections : Migration
    {
        // The hash is that of SelectionRows, so that later messages share these records.
        private const string Id =
            """
            encode(substr(sha256(convert_to(concat_ws(E'\n',
                messages.account_sid, coalesce(chosen, ''), reason, steps), 'UTF8')), 1, 16), 'hex')::uuid
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "selection_id", table: "messages", type: "uuid", nullable: true);

            migrationBuilder.Sql(
                $"""
                ALTER TABLE sender_selections RENAME TO selections_of_messages;
                ALTER TABLE selections_of_messages RENAME CONSTRAINT pk_sender_selections TO pk_selections_of_messages;
                CREATE TABLE sender_selections (
                    account_sid character varying(34) COLLATE "C" NOT NULL,
                    id uuid NOT NULL,
                    chosen text NULL,
                    reason text NOT NULL,
                    steps text NOT NULL,
                    used_on date NOT NULL,
                    CONSTRAINT pk_sender_selections PRIMARY KEY (account_sid, id));
                INSERT INTO sender_selections
                SELECT messages.account_sid, {Id}, chosen, reason, steps, current_date
                FROM selections_of_messages JOIN messages ON sid = message_sid
                ON CONFLICT DO NOTHING;
                UPDATE messages SET selection_id = {Id}
                FROM selections_of_messages WHERE message_sid = sid;
                DROP TABLE selections_of_messages;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE sender_selections RENAME TO shared_selections;
                ALTER TABLE shared_selections RENAME CONSTRAINT pk_sender_selections TO pk_shared_selections;
                CREATE TABLE sender_selections (
                    message_sid character varying(34) COLLATE "C" NOT NULL,
                    chosen text NULL,
                    reason text NOT NULL,
                    steps text NOT NULL,
                    CONSTRAINT pk_sender_selections PRIMARY KEY (message_sid))
                    WITH (toast_tuple_target = 8160);
                INSERT INTO sender_selections
                SELECT sid, chosen, reason, steps FROM messages
                JOIN shared_selections ON shared_selections.account_sid = messages.account_sid AND id = selection_id;
                DROP TABLE shared_selections;
                """);

            migrationBuilder.DropColumn(name: "selection_id", table: "messages");
        }
    }
}
