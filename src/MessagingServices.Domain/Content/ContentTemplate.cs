namespace MessagingServices.Domain.Content;

/// <summary>
/// A content template: text and media with placeholders. It cannot be updated. Source:
/// https://www.twilio.com/docs/content/content-api-resources.
/// </summary>
public sealed class ContentTemplate
{
    private ContentTemplate() { }

    public ContentTemplate(Sid sid, Sid accountSid, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        DateCreated = now;
    }

    /// <summary>SID with the prefix <c>HX</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>A display name, which recipients do not see.</summary>
    public string FriendlyName { get; init; } = "";

    /// <summary>The language code, such as <c>en</c>.</summary>
    public string Language { get; init; } = "";

    /// <summary>Default values of the placeholders: a JSON object of strings.</summary>
    public string Variables { get; init; } = "{}";

    /// <summary>The content by content type, such as <c>twilio/text</c>: the JSON object of the request.</summary>
    public string Types { get; init; } = "{}";

    public DateTimeOffset DateCreated { get; private init; }
}
