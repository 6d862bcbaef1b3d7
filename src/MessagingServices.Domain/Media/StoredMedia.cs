namespace MessagingServices.Domain.Media;

/// <summary>
/// A fetched media item of a message. Its bytes are stored separately and never change. Source:
/// https://www.twilio.com/docs/messaging/api/media-resource.
/// </summary>
public sealed class StoredMedia
{
    private StoredMedia() { }

    /// <summary>Creates a fetched media item.</summary>
    /// <param name="sid">A new SID with the prefix <c>ME</c>.</param>
    /// <param name="contentType">The media type, one that the message's channel accepts.</param>
    /// <param name="now">The time of fetching, on the emulator's clock.</param>
    public StoredMedia(Sid sid, Sid messageSid, Sid accountSid, string contentType, DateTimeOffset now)
    {
        Sid = sid;
        MessageSid = messageSid;
        AccountSid = accountSid;
        ContentType = contentType;
        DateCreated = now;
    }

    /// <summary>SID with the prefix <c>ME</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>
    /// The order of creation, assigned by the database. The first media item of a message has the highest value.
    /// </summary>
    public long Ordinal { get; private init; }

    public Sid MessageSid { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>The media type without parameters, for example <c>image/jpeg</c>.</summary>
    public string ContentType { get; private init; } = "";

    /// <summary>The time of fetching, on the emulator's clock.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>
    /// The token in the media item's link, <see cref="MmsConverter.TokenLength"/> characters; null without a link.
    /// </summary>
    public string? LinkToken { get; private init; }

    /// <summary>The expiry time of the link; null without a link.</summary>
    public DateTimeOffset? LinkExpires { get; private init; }

    /// <summary>A copy with a link, which is valid for <see cref="MmsConverter.LinkLifetime"/>.</summary>
    public StoredMedia LinkedBy(string token) => new(Sid, MessageSid, AccountSid, ContentType, DateCreated)
    {
        LinkToken = token,
        LinkExpires = DateCreated + MmsConverter.LinkLifetime,
    };
}
