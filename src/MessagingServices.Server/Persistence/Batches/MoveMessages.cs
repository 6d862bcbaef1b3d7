using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using Npgsql;
using static MessagingServices.Server.Persistence.Batches.Columns;

namespace MessagingServices.Server.Persistence.Batches;

/// <summary>Messages that changed their status. The old status stands in the WHERE: who comes second changes nothing.</summary>
internal static class MoveMessages
{
    /// <summary>The statuses in which a message has ended.</summary>
    public static readonly string[] Terminal =
        [.. Enum.GetValues<MessageStatus>().Where(status => status.IsTerminal()).Select(EnumNames<MessageStatus>.Of)];

    private const string Sql =
        """
        UPDATE messages SET "from" = row."from", channel_install_sid = row.channel_install_sid, num_segments = row.num_segments,
            status = row.status, error_code = row.error_code, date_updated = row.date_updated, date_sent = row.date_sent, status_changes = row.status_changes::jsonb,
            ended_at = CASE WHEN row.status = ANY ($11) THEN now() END
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            AS row (sid, was, "from", channel_install_sid, num_segments, status, error_code, date_updated, date_sent, status_changes)
        WHERE messages.sid = row.sid AND messages.status = row.was
        """;

    public static NpgsqlBatchCommand Command(IReadOnlyList<(Message Message, MessageStatus Was)> moved) => Over(Sql, moved,
        Sids<(Message Message, MessageStatus Was)>(m => m.Message.Sid),
        Text<(Message Message, MessageStatus Was)>(m => EnumNames<MessageStatus>.Of(m.Was)),
        Text<(Message Message, MessageStatus Was)>(m => m.Message.From),
        Text<(Message Message, MessageStatus Was)>(m => m.Message.ChannelInstallSid?.Value),
        Integers<(Message Message, MessageStatus Was)>(m => m.Message.NumSegments),
        Text<(Message Message, MessageStatus Was)>(m => EnumNames<MessageStatus>.Of(m.Message.Status)),
        Integers<(Message Message, MessageStatus Was)>(m => m.Message.ErrorCode),
        Times<(Message Message, MessageStatus Was)>(m => m.Message.DateUpdated),
        Times<(Message Message, MessageStatus Was)>(m => m.Message.DateSent),
        Text<(Message Message, MessageStatus Was)>(m => StoredJson.Write(m.Message.StatusChanges)),
        _ => new NpgsqlParameter<string[]> { TypedValue = Terminal });

    // Apart from the status, which every message has to write.
    /// <summary>What is sent in place of the body, and the body that it became when it was sent.</summary>
    public static NpgsqlBatchCommand ReplaceBodies(IReadOnlyList<Message> messages) => Over(
        """
        UPDATE messages SET body = row.body, sent_body = row.sent_body
        FROM unnest($1, $2, $3) AS row (sid, body, sent_body) WHERE messages.sid = row.sid
        """, messages,
        Sids<Message>(m => m.Sid),
        Text<Message>(m => m.Body),
        Text<Message>(m => m.SentBody));
}
