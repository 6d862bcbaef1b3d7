using Npgsql;
using static MessagingServices.Server.Data.Columns;
using Moved = (MessagingServices.Domain.Messages.Message Message, MessagingServices.Domain.Messages.MessageStatus Was);

namespace MessagingServices.Server.Engine;

/// <summary>Messages that changed their status. The old status stands in the WHERE: who comes second changes nothing.</summary>
internal static class MoveMessages
{
    /// <summary>The statuses in which a message has ended.</summary>
    public static readonly string[] Terminal =
        [.. Enum.GetValues<MessageStatus>().Where(status => status.IsTerminal()).Select(EnumNames<MessageStatus>.Of)];

    private static readonly string Sql = Statement("", "", "");

    // Few messages go on with another text than they came with: the many others are moved by a statement that carries none.
    private static readonly string RewritingSql = Statement(
        ", body = coalesce(row.body, messages.body), sent_body = coalesce(row.sent_body, messages.sent_body), options = coalesce(row.options, messages.options)",
        ", $13, $14, $15", ", body, sent_body, options");

    private static readonly Func<IReadOnlyList<Moved>, NpgsqlParameter>[] Columns =
    [
        Sids<Moved>(m => m.Message.Sid),
        Text<Moved>(m => EnumNames<MessageStatus>.Of(m.Was)),
        Text<Moved>(m => m.Message.From),
        Text<Moved>(m => m.Message.ChannelInstallSid?.Value),
        Integers<Moved>(m => m.Message.NumSegments),
        Text<Moved>(m => EnumNames<MessageStatus>.Of(m.Message.Status)),
        Integers<Moved>(m => m.Message.ErrorCode),
        Times<Moved>(m => m.Message.DateUpdated),
        Times<Moved>(m => m.Message.DateSent),
        Text<Moved>(m => StoredJson.Write(m.Message.StatusChanges)),
        Decimals<Moved>(m => m.Message.Price),
        _ => new NpgsqlParameter<string[]> { TypedValue = Terminal },
    ];

    private static readonly Func<IReadOnlyList<Moved>, NpgsqlParameter>[] RewritingColumns =
    [
        .. Columns,
        Text<Moved>(m => m.Message.IsRewritten ? m.Message.Body : null),
        Text<Moved>(m => m.Message.SentBody),
        Integers<Moved>(m => m.Message.IsRewritten ? (int)m.Message.Options : null),
    ];

    public static NpgsqlBatchCommand Command(IReadOnlyList<Moved> moved) => moved.Any(m => m.Message.IsRewritten)
        ? Over(RewritingSql, moved, RewritingColumns)
        : Over(Sql, moved, Columns);

    private static string Statement(string changes, string values, string names) =>
        $"""
        UPDATE messages SET "from" = row."from", channel_install_sid = row.channel_install_sid, num_segments = row.num_segments,
            status = row.status, error_code = row.error_code, date_updated = row.date_updated, date_sent = row.date_sent, status_changes = row.status_changes,
            price = row.price, ended_at = CASE WHEN row.status = ANY ($12) THEN now() END{changes}
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11{values})
            AS row (sid, was, "from", channel_install_sid, num_segments, status, error_code, date_updated, date_sent, status_changes, price{names})
        WHERE messages.sid = row.sid AND messages.status = row.was
        """;
}
