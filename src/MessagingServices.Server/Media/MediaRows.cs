using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>Media that were fetched.</summary>
internal sealed class MediaRows : IBatchPart
{
    private readonly List<(StoredMedia Media, ReadOnlyMemory<byte> Bytes)> added = [];
    private readonly List<(Sid Message, string[] Urls)> urls = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Media;

    /// <summary>Adds a media item.</summary>
    public void Add(StoredMedia media, ReadOnlyMemory<byte> bytes) => added.Add((media, bytes));

    /// <summary>Sets the media URLs of a message: those of its media items that could be fetched.</summary>
    public void SetUrls(Message message, IEnumerable<string> fetched) => urls.Add((message.Sid, [.. fetched]));

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        foreach (var (message, fetched) in urls) commands.Add(UpdateUrls(message, fetched));
        foreach (var (media, bytes) in added) commands.Add(Insert(media, bytes));
    }

    private static NpgsqlBatchCommand UpdateUrls(Sid message, string[] urls) => new("UPDATE messages SET media_urls = $2 WHERE sid = $1")
    {
        Parameters = { Scalar.Of(message), Scalar.Of(urls) },
    };

    // One statement for each media item: its bytes are in memory once, not a second time in an array of parameters.
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
