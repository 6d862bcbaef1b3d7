namespace MessagingServices.Domain.Media;

/// <summary>
/// A medium of a message, as it was fetched; its bytes are stored beside it and never change. Source:
/// https://www.twilio.com/docs/messaging/api/media-resource.
/// </summary>
public sealed class StoredMedia
{
    private StoredMedia() { }

    /// <summary>A medium that was fetched.</summary>
    /// <param name="sid">A new SID with the prefix <c>ME</c>.</param>
    /// <param name="messageSid">Its message.</param>
    /// <param name="accountSid">The message's account.</param>
    /// <param name="contentType">Its media type, one of those that the message's channel takes.</param>
    /// <param name="now">When it was fetched, by the time that messages live by.</param>
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

    /// <summary>The place in the order of creation, given by the database; of one message the first medium has the last place.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The message that it belongs to.</summary>
    public Sid MessageSid { get; private init; }

    /// <summary>The account that owns the message.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>Its media type, without parameters, for example <c>image/jpeg</c>.</summary>
    public string ContentType { get; private init; } = "";

    /// <summary>When it was fetched, by the time that messages live by.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>What stands for it behind the prefix of links: <see cref="MmsConverter.TokenLength"/> characters; null when nothing links to it.</summary>
    public string? LinkToken { get; private init; }

    /// <summary>When the link stops working; null when there is none.</summary>
    public DateTimeOffset? LinkExpires { get; private init; }

    /// <summary>The same with a link, which works from now on for <see cref="MmsConverter.LinkLifetime"/>.</summary>
    public StoredMedia LinkedBy(string token) => new(Sid, MessageSid, AccountSid, ContentType, DateCreated)
    {
        LinkToken = token,
        LinkExpires = DateCreated + MmsConverter.LinkLifetime,
    };
}
