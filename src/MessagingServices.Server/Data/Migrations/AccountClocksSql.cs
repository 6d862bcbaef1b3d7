namespace MessagingServices.Server.Data.Migrations
{
    /// <summary>
    /// The change from one clock of the server to a clock of each account. Each account keeps the time that it had, and
    /// each row of a queue its due time.
    /// </summary>
    internal static class AccountClocksSql
    {
        private const string Wake =
            """
            CASE WHEN due_at <= coalesce(
                frozen_at, (now() AT TIME ZONE 'UTC' + "offset") AT TIME ZONE 'UTC') THEN '-infinity'
                WHEN frozen_at IS NOT NULL THEN 'infinity'
                ELSE (due_at AT TIME ZONE 'UTC' - "offset") AT TIME ZONE 'UTC' END
            """;

        // Servers that still run lose the messages in their memory to servers of this version. They cannot register
        // again, and find no column "due".
        public const string Up =
            $"""
            UPDATE server_processes SET has_left = true;
            ALTER TABLE server_processes DROP COLUMN finished_move,
                ADD COLUMN seen_change bigint NOT NULL DEFAULT 0,
                ADD COLUMN acknowledged text[] NOT NULL DEFAULT '{"{}"}';

            CREATE TABLE account_clocks (
                account_sid character varying(34) COLLATE "C" NOT NULL,
                "offset" interval NOT NULL,
                frozen_at timestamp with time zone,
                jump_to timestamp with time zone NOT NULL,
                moved_from timestamp with time zone NOT NULL,
                move_count bigint NOT NULL,
                version bigint NOT NULL,
                change bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
                CONSTRAINT pk_account_clocks PRIMARY KEY (account_sid),
                CONSTRAINT fk_account_clocks_accounts_account_sid FOREIGN KEY (account_sid)
                    REFERENCES accounts (sid) ON DELETE CASCADE
            );
            CREATE INDEX ix_account_clocks_change ON account_clocks (change);
            INSERT INTO account_clocks
            SELECT sid, "offset", frozen_at, jump_to, moved_from, move_count,
                CASE WHEN frozen_at IS NULL AND "offset" = '0' THEN 0 ELSE move_count + 1 END, 0
            FROM accounts CROSS JOIN clock;

            ALTER TABLE message_queue RENAME COLUMN due TO due_at;
            ALTER TABLE message_queue ADD COLUMN account_sid character varying(34) COLLATE "C",
                ADD COLUMN wake timestamp with time zone;
            UPDATE message_queue SET account_sid = messages.account_sid, wake = due_at
            FROM messages WHERE sid = message_sid;
            DELETE FROM message_queue WHERE account_sid IS NULL;
            UPDATE message_queue SET wake = {Wake} FROM clock;
            ALTER TABLE message_queue ALTER COLUMN account_sid SET NOT NULL, ALTER COLUMN wake SET NOT NULL;
            DROP INDEX ix_message_queue_stage_due;
            CREATE INDEX ix_message_queue_stage_wake_account_sid_due_at
                ON message_queue (stage, wake, account_sid, due_at);
            CREATE INDEX ix_message_queue_account_sid_wake ON message_queue (account_sid, wake)
                WHERE wake > '-infinity';

            ALTER TABLE carrier_deliveries RENAME COLUMN due TO due_at;
            ALTER TABLE carrier_deliveries ADD COLUMN account_sid character varying(34) COLLATE "C",
                ADD COLUMN wake timestamp with time zone;
            UPDATE carrier_deliveries SET account_sid = messages.account_sid, wake = due_at
            FROM messages WHERE sid = message_sid;
            DELETE FROM carrier_deliveries WHERE account_sid IS NULL;
            UPDATE carrier_deliveries SET wake = {Wake} FROM clock;
            ALTER TABLE carrier_deliveries ALTER COLUMN account_sid SET NOT NULL, ALTER COLUMN wake SET NOT NULL;
            DROP INDEX ix_carrier_deliveries_due;
            CREATE INDEX ix_carrier_deliveries_wake_account_sid_due_at
                ON carrier_deliveries (wake, account_sid, due_at);
            CREATE INDEX ix_carrier_deliveries_account_sid_wake ON carrier_deliveries (account_sid, wake)
                WHERE wake > '-infinity';

            ALTER TABLE media_queue RENAME COLUMN due TO due_at;
            ALTER INDEX ix_media_queue_due RENAME TO ix_media_queue_due_at;
            ALTER INDEX ix_media_queue_endpoint_due RENAME TO ix_media_queue_endpoint_due_at;
            ALTER TABLE media_queue ADD COLUMN account_sid character varying(34) COLLATE "C";
            UPDATE media_queue SET account_sid = messages.account_sid FROM messages WHERE sid = message_sid;
            DELETE FROM media_queue WHERE account_sid IS NULL;
            ALTER TABLE media_queue ALTER COLUMN account_sid SET NOT NULL;
            CREATE INDEX ix_media_queue_account_sid ON media_queue (account_sid);

            ALTER TABLE webhook_queue ADD COLUMN account_sid character varying(34) COLLATE "C";
            UPDATE webhook_queue SET account_sid = webhooks.account_sid FROM webhooks WHERE sid = webhook_sid;
            DELETE FROM webhook_queue WHERE account_sid IS NULL;
            ALTER TABLE webhook_queue ALTER COLUMN account_sid SET NOT NULL;
            CREATE INDEX ix_webhook_queue_account_sid ON webhook_queue (account_sid);

            DROP INDEX ix_session_cookies_expires;
            CREATE INDEX ix_session_cookies_account_sid_expires ON session_cookies (account_sid, expires);
            DROP TABLE clock;
            """;

        // All accounts get the clock of the oldest one.
        public const string Down =
            """
            CREATE TABLE clock (
                id integer NOT NULL,
                "offset" interval NOT NULL,
                frozen_at timestamp with time zone,
                jump_from timestamp with time zone NOT NULL,
                jump_to timestamp with time zone NOT NULL,
                moved_from timestamp with time zone NOT NULL,
                move_count bigint NOT NULL,
                reset_count bigint NOT NULL,
                CONSTRAINT pk_clock PRIMARY KEY (id)
            );
            INSERT INTO clock
            SELECT 1, "offset", frozen_at, '-infinity', jump_to, moved_from, move_count, 0
            FROM account_clocks JOIN accounts ON sid = account_sid ORDER BY ordinal LIMIT 1;
            DROP TABLE account_clocks;
            ALTER TABLE server_processes DROP COLUMN seen_change, DROP COLUMN acknowledged,
                ADD COLUMN finished_move bigint;
            ALTER TABLE message_queue DROP COLUMN account_sid, DROP COLUMN wake;
            ALTER TABLE message_queue RENAME COLUMN due_at TO due;
            CREATE INDEX ix_message_queue_stage_due ON message_queue (stage, due);
            ALTER TABLE carrier_deliveries DROP COLUMN account_sid, DROP COLUMN wake;
            ALTER TABLE carrier_deliveries RENAME COLUMN due_at TO due;
            CREATE INDEX ix_carrier_deliveries_due ON carrier_deliveries (due);
            ALTER TABLE media_queue DROP COLUMN account_sid;
            ALTER TABLE media_queue RENAME COLUMN due_at TO due;
            ALTER INDEX ix_media_queue_due_at RENAME TO ix_media_queue_due;
            ALTER INDEX ix_media_queue_endpoint_due_at RENAME TO ix_media_queue_endpoint_due;
            ALTER TABLE webhook_queue DROP COLUMN account_sid;
            DROP INDEX ix_session_cookies_account_sid_expires;
            CREATE INDEX ix_session_cookies_expires ON session_cookies (expires);
            """;
    }
}
