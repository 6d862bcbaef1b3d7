namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The request came to the resource for messages of before 2012, <c>SMS/Messages</c>. It is the present one, but paths,
/// list and XML elements have names of their own. Source: published responses, and Twilio's SDKs of that time.
/// </summary>
internal sealed class LegacyMessages
{
    /// <summary>The path below that of the account.</summary>
    public const string Path = "/SMS/Messages";

    /// <summary>The path below that of the account, at the present resource.</summary>
    public const string PresentPath = "/Messages";

    private const string Element = "SMSMessage";

    /// <summary>Whether the request came to this resource.</summary>
    public static bool IsWanted(HttpContext context) => context.Features.Get<LegacyMessages>() is not null;

    /// <summary>A page of messages, with the names of the resource that the request came to.</summary>
    public static Page2010 PageOf(HttpRequest request, Listing<Message> listing) => IsWanted(request.HttpContext)
        ? Page2010.Of(
            request, "sms_messages", Element, listing, message => MessageResource.Of(message).AtLegacyPath(),
            WithPath(request.Path.Value!)) with { ListName = $"{Element}s" }
        : Page2010.Of(request, "messages", "Message", listing, MessageResource.Of);

    /// <summary>A resource as the request knows it, and the name of its XML element.</summary>
    public static (object Resource, string ElementName) Rename(HttpContext context, object resource) =>
        resource is MessageResource message && IsWanted(context)
            ? (message.AtLegacyPath(), Element) : (resource, XmlNameAttribute.Of(resource));

    /// <summary>A path of the present resource as one of this resource.</summary>
    public static string WithPath(string path) => path.Replace($"{PresentPath}", Path, StringComparison.Ordinal);
}
