using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Engine;

/// <summary>Messages that have ended and asked that their content or their recipient is not kept.</summary>
internal static class DiscardContentStatements
{
    // What a link of the SMS leads to is the recipient's by now.
    private const string Sql =
        """
        WITH ended AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3) AS row (sid, "to", discards)
        ), discarded AS (
            DELETE FROM media USING ended WHERE media.message_sid = ended.sid AND discards AND link_token IS NULL
        )
        UPDATE messages SET "to" = ended."to", body = CASE WHEN discards THEN '' ELSE body END,
            sent_body = CASE WHEN discards THEN NULL ELSE sent_body END, media_urls = CASE WHEN discards THEN '{}' ELSE media_urls END
        FROM ended WHERE messages.sid = ended.sid
        """;

    public static NpgsqlBatchCommand Command(IReadOnlyList<Message> ended) => Over(Sql, ended,
        Sids<Message>(m => m.Sid),
        Text<Message>(m => m.To),
        Switches<Message>(m => m.Options.HasFlag(MessageOptions.DiscardContent)));
}
