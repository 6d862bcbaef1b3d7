namespace MessagingServices.Domain.Content;

/// <summary>
/// A content template: what messages say, with placeholders. It does not change; it is created and deleted. Source:
/// https://www.twilio.com/docs/content/content-api-resources.
/// </summary>
public sealed class ContentTemplate
{
    private ContentTemplate() { }

    /// <summary>A new template.</summary>
    public ContentTemplate(Sid sid, Sid accountSid, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        DateCreated = now;
    }

    /// <summary>SID with the prefix <c>HX</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>What it is called; recipients do not see it.</summary>
    public string FriendlyName { get; init; } = "";

    /// <summary>The language that it is written in, such as <c>en</c>.</summary>
    public string Language { get; init; } = "";

    /// <summary>What stands in for placeholders that a message does not fill: a JSON object of texts.</summary>
    public string Variables { get; init; } = "{}";

    /// <summary>What it says, by content type such as <c>twilio/text</c>: a JSON object as it was sent.</summary>
    public string Types { get; init; } = "{}";

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; private init; }
}
