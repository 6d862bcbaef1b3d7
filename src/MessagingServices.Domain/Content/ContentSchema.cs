using System.Text.Json;
using System.Text.Json.Nodes;
using static MessagingServices.Domain.Content.ContentShape;

namespace MessagingServices.Domain.Content;

/// <summary>
/// The members of each content type. Sources: Twilio's OpenAPI document <c>twilio_content_v1.json</c> for the members,
/// https://www.twilio.com/docs/content/content-types-overview for the limits.
/// </summary>
public static class ContentSchema
{
    private const int MaxText = 1600;
    private const int MaxBody = 1024;
    private const int MaxItems = 10;

    private static readonly Text Any = new(MaxText);
    private static readonly Text Title = new(25);
    private static readonly Text Id = new(200);
    private static readonly Url Link = new(MaxText);
    private static readonly List Media = new(Link, 1, int.MaxValue);

    private static readonly List CardActions = new(
        Action(["URL", "PHONE_NUMBER", "QUICK_REPLY", "COPY_CODE", "VOICE_CALL"], new("code", Any),
            new("webview_size", new Word("TALL", "FULL", "HALF", "NONE"))), 0, MaxItems);

    private static readonly Dictionary<string, ContentShape.Object> Types = new()
    {
        ["twilio/text"] = new(Required("body", Any)),
        ["twilio/media"] = new(new("body", Any), Required("media", Media)),
        ["twilio/location"] = new(
            Required("latitude", new Number()), Required("longitude", new Number()), new("label", Any),
            new("id", Any), new("address", Any)),
        ["twilio/list-picker"] = new(
            Required("body", new Text(MaxBody)), Required("button", Title),
            Required("items", new List(new ContentShape.Object(
                Required("id", Id), Required("item", new Text(24)), new("description", new Text(72))), 1, MaxItems))),
        ["twilio/call-to-action"] = new(
            Required("body", Any),
            Required("actions", new List(
                Action(
                    ["URL", "PHONE_NUMBER", "COPY_CODE", "VOICE_CALL", "VOICE_CALL_REQUEST"], new Member("code", Any)),
                1, MaxItems))),
        ["twilio/quick-reply"] = new(
            Required("body", new Text(MaxBody)),
            Required("actions", new List(new ContentShape.Object(
                new("type", new Word("QUICK_REPLY")), Required("title", Title), new("id", Id)), 1, MaxItems))),
        ["twilio/card"] = new(
            new("title", Any), new("subtitle", Any), new("media", Media), new("actions", CardActions)),
        ["twilio/catalog"] = new(
            new("title", Any), Required("body", Any), new("subtitle", Any), new("id", Any),
            new("items", new List(new ContentShape.Object(
                new("id", Any), new("section_title", Any), new("name", Any), new("media_url", Link),
                new("price", new Number()), new("description", Any)), 0, int.MaxValue)),
            new("dynamic_items", Any)),
        ["twilio/carousel"] = new(
            Required("body", new Text(MaxBody)),
            Required("cards", new List(new ContentShape.Object(
                new("title", Any), Required("body", Any), Required("media", Link),
                Required("actions", new List(Action(["URL", "PHONE_NUMBER", "QUICK_REPLY"]), 1, 2))), 2, MaxItems))),
        ["twilio/flows"] = new(
            Required("body", Any), Required("button_text", Any), new("subtitle", Any), new("media_url", Link),
            Required("pages", new List(new ContentShape.Object(
                Required("id", Any), new("next_page_id", Any), Required("title", Any), new("subtitle", Any),
                Required("layout", new List(new ContentShape.Object(
                    new("label", Any), Required("type", Any)), 1, int.MaxValue))), 1, int.MaxValue)),
            Required("type", Any)),
        ["twilio/schedule"] = new(Required("id", Any), Required("title", Any), Required("timeSlots", Any)),
        ["whatsapp/card"] = new(
            Required("body", Any), new("footer", Any), new("media", Media), new("header_text", Any),
            new("actions", CardActions)),
        ["whatsapp/authentication"] = new(
            new("add_security_recommendation", new Flag()), new("code_expiration_minutes", new Number()),
            Required("actions", new List(new ContentShape.Object(
                Required("type", new Word("COPY_CODE")), Required("copy_code_text", Title)), 1, 1))),
        ["whatsapp/flows"] = new(
            Required("body", Any), Required("button_text", Any), new("subtitle", Any), new("media_url", Link),
            Required("flow_id", Any), new("flow_token", Any), new("flow_first_page_id", Any),
            new("is_flow_first_page_endpoint", new Flag())),
    };

    /// <summary>The names of all content types.</summary>
    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>Why a content is refused; null if it is valid.</summary>
    /// <param name="type">One of <see cref="Names"/>.</param>
    /// <param name="content">The content.</param>
    public static string? Fault(string type, JsonElement content) => Types[type].Fault(type, content);

    /// <summary>Contents by type, with null for each optional member that is not set.</summary>
    /// <param name="types">The types as a JSON object.</param>
    public static JsonObject Complete(string types) => new(JsonNode.Parse(types)!.AsObject().Select(type =>
        KeyValuePair.Create(type.Key, Types[type.Key].Complete(type.Value))));

    private static Member Required(string name, ContentShape shape) => new(name, shape, IsRequired: true);

    private static ContentShape.Object Action(string[] types, params Member[] more) => new(
    [
        Required("type", new Word(types)), Required("title", Title), new("url", Link), new("phone", Any), new("id", Id),
        .. more,
    ]);
}
