using MessagingServices.Domain.Messages;
using Npgsql;
using static MessagingServices.Server.Persistence.Batches.Columns;

namespace MessagingServices.Server.Persistence.Batches;

/// <summary>Messages that have ended and asked that their content or their recipient is not kept.</summary>
internal static class ForgetContent
{
    private const string Sql =
        """
        UPDATE messages SET "to" = row."to", body = row.body, media_urls = CASE WHEN row.has_media THEN messages.media_urls ELSE '{}' END
        FROM unnest($1, $2, $3, $4) AS row (sid, "to", body, has_media) WHERE messages.sid = row.sid
        """;

    public static NpgsqlBatchCommand Command(IReadOnlyList<Message> ended) => Over(Sql, ended,
        Sids<Message>(m => m.Sid),
        Text<Message>(m => m.To),
        Text<Message>(m => m.Body),
        Switches<Message>(m => m.MediaUrls.Count > 0));
}
