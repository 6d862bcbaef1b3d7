using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Outbound.Select;

/// <summary>What Messaging Services remember of their recipients.</summary>
internal static class StickySenderStatements
{
    /// <summary>
    /// Remembers senders, in place of those remembered before. A sender that has just left the pool is not remembered; in the same batch
    /// its use was noted before, so that it cannot leave between the two.
    /// </summary>
    public static NpgsqlBatchCommand Remember(IReadOnlyList<StickySender> remembered) => Over(
        """
        INSERT INTO sticky_senders (messaging_service_sid, channel, "to", country, sender_sid, is_used, date_created)
        SELECT row.messaging_service_sid, channel, "to", row.country, sender_sid, true, row.date_created
        FROM unnest($1, $2, $3, $4, $5, $6) AS row (messaging_service_sid, channel, "to", country, sender_sid, date_created)
        JOIN pool_senders ON pool_senders.sid = sender_sid
        ON CONFLICT (messaging_service_sid, channel, "to") DO UPDATE SET sender_sid = excluded.sender_sid, is_used = true
        """, remembered,
        Sids<StickySender>(s => s.MessagingServiceSid),
        Text<StickySender>(s => EnumNames<Channel>.Of(s.Channel)),
        Text<StickySender>(s => s.To),
        Text<StickySender>(s => s.Country),
        Sids<StickySender>(s => s.SenderSid),
        Times<StickySender>(s => s.DateCreated));

    /// <summary>Forgets senders that no longer fit their recipients.</summary>
    public static NpgsqlBatchCommand Forget(IReadOnlyList<StickySender> forgotten) => Over(
        """
        DELETE FROM sticky_senders USING unnest($1, $2, $3) AS row (messaging_service_sid, channel, "to")
        WHERE sticky_senders.messaging_service_sid = row.messaging_service_sid AND sticky_senders.channel = row.channel
            AND sticky_senders."to" = row."to"
        """, forgotten,
        Sids<StickySender>(s => s.MessagingServiceSid),
        Text<StickySender>(s => EnumNames<Channel>.Of(s.Channel)),
        Text<StickySender>(s => s.To));
}
