using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Engine;

/// <summary>New messages.</summary>
internal static class InsertMessages
{
    private const string Sql =
        """
        INSERT INTO messages (sid, account_sid, messaging_service_sid, direction, "from", channel_install_sid, fallback_from, "to", body, media_urls,
            num_segments, status, status_callback, validity_period, send_at, date_created, date_updated, date_sent, status_changes, options)
        SELECT sid, account_sid, messaging_service_sid, direction, "from", channel_install_sid, fallback_from, "to", body,
            coalesce(string_to_array(media_urls, E'\n'), '{}'), num_segments, status,
            status_callback, validity_period, send_at, date_created, date_created, date_sent, status_changes, options
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) WITH ORDINALITY
            AS row (sid, account_sid, messaging_service_sid, direction, "from", channel_install_sid, fallback_from, "to", body, media_urls,
            num_segments, status, status_callback, validity_period, send_at, date_created, date_sent, status_changes, options, position)
        ORDER BY position
        """;

    // A commit whose answer was lost is tried again with the same SIDs: what is there already stays as it is. Another message of the same SID
    // would not be stored though it were answered as if it was: the NULL makes the database refuse it. (8: one that has ended meanwhile may
    // have forgotten its recipient.)
    private const string IfNotStoredSql =
        $"""
        {Sql}
        ON CONFLICT (sid) DO UPDATE SET direction = CASE
            WHEN messages.account_sid = excluded.account_sid AND messages.date_created = excluded.date_created
                AND (messages."to" = excluded."to" OR messages.options & excluded.options & 8 <> 0)
            THEN messages.direction END
        """;

    /// <param name="messages">The messages.</param>
    /// <param name="maybeStored">Whether they may be there already; looking for each costs a sixth of what PostgreSQL does for a message.</param>
    public static NpgsqlBatchCommand Command(IReadOnlyList<Message> messages, bool maybeStored) => Over(maybeStored ? IfNotStoredSql : Sql, messages,
        Sids<Message>(m => m.Sid),
        Sids<Message>(m => m.AccountSid),
        Text<Message>(m => m.MessagingServiceSid?.Value),
        Text<Message>(m => EnumNames<MessageDirection>.Of(m.Direction)),
        Text<Message>(m => m.From),
        Text<Message>(m => m.ChannelInstallSid?.Value),
        Text<Message>(m => m.FallbackFrom),
        Text<Message>(m => m.To),
        Text<Message>(m => m.Body),
        Text<Message>(m => m.MediaUrls.Count == 0 ? null : string.Join('\n', m.MediaUrls)),
        Integers<Message>(m => m.NumSegments),
        Text<Message>(m => EnumNames<MessageStatus>.Of(m.Status)),
        Text<Message>(m => m.StatusCallback),
        Integers<Message>(m => m.ValidityPeriod),
        Times<Message>(m => m.SendAt),
        Times<Message>(m => m.DateCreated),
        Times<Message>(m => m.DateSent),
        Text<Message>(m => StoredJson.Write(m.StatusChanges)),
        Integers<Message>(m => (int)m.Options));

    /// <summary>What new messages cost that have a price from the start: those that came in. The many others carry none.</summary>
    public static NpgsqlBatchCommand Prices(IReadOnlyList<Message> messages) => Over(
        "UPDATE messages SET price = row.price FROM unnest($1, $2) AS row (sid, price) WHERE messages.sid = row.sid", messages,
        Sids<Message>(m => m.Sid),
        Decimals<Message>(m => m.Price));
}
