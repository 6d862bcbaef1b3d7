using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>Fetched media items, and the media URLs of messages.</summary>
internal sealed class MediaRows : IBatchPart
{
    private readonly List<(StoredMedia Media, ReadOnlyMemory<byte> Bytes)> added = [];
    private readonly List<(Sid Message, string[] Urls)> urls = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Media;

    public void Add(StoredMedia media, ReadOnlyMemory<byte> bytes) => added.Add((media, bytes));

    /// <summary>Replaces the media URLs of a message by those of its fetched media items.</summary>
    public void SetUrls(Message message, IEnumerable<string> fetched) => urls.Add((message.Sid, [.. fetched]));

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        foreach (var (message, fetched) in urls) commands.Add(UpdateUrls(message, fetched));
        foreach (var (media, bytes) in added) commands.Add(Insert(media, bytes));
    }

    private static NpgsqlBatchCommand UpdateUrls(Sid message, string[] urls) =>
        new("UPDATE messages SET media_urls = $2 WHERE sid = $1")
        {
            Parameters = { Scalar.Of(message), Scalar.Of(urls) },
        };

    // One statement per media item: an array parameter would copy the bytes, so they would be in memory twice.
    private static NpgsqlBatchCommand Insert(StoredMedia media, ReadOnlyMemory<byte> bytes) => new(
        """
        INSERT INTO media (sid, message_sid, account_sid, content_type, date_created, link_token, link_expires, bytes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    {
        Parameters =
        {
            Scalar.Of(media.Sid),
            Scalar.Of(media.MessageSid),
            Scalar.Of(media.AccountSid),
            Scalar.Of(media.ContentType),
            Scalar.Of(media.DateCreated),
            Scalar.OfNullable(media.LinkToken),
            Scalar.OfNullable(media.LinkExpires),
            Scalar.Of(bytes),
        },
    };
}
