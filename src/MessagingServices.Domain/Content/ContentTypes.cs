using System.Globalization;
using System.Text.Json;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Content;

/// <summary>The text and the media that a template sends.</summary>
public static class ContentTypes
{
    private const string Text = "twilio/text";
    private const string Media = "twilio/media";
    private const string Location = "twilio/location";
    private const string Catalog = "twilio/catalog";
    private const string Flows = "twilio/flows";
    private const string OfWhatsApp = "whatsapp/";
    private const string ListPicker = "twilio/list-picker";

    /// <summary>One-time passwords on WhatsApp.</summary>
    public const string Authentication = "whatsapp/authentication";

    /// <summary>
    /// The text and media that a template sends: those of <c>twilio/media</c>, else of <c>twilio/text</c>, else of the
    /// first type that has any. Simulated handsets do not show buttons and cards. Only WhatsApp shows its own types,
    /// catalogs, flows and locations. It has a fixed sentence for codes; of a location, the label is the text here,
    /// else its address or its coordinates.
    /// </summary>
    /// <param name="types">The types as a JSON object.</param>
    /// <param name="channel">The channel of the recipient.</param>
    /// <returns>The content; null if there is none for the channel.</returns>
    public static TemplateContent? ContentOf(string types, Channel channel)
    {
        using var document = JsonDocument.Parse(types);
        return document.RootElement.EnumerateObject()
            .OrderBy(type => type.Name switch { Media => 0, Text => 1, _ => 2 })
            .Select(type => ContentOf(type.Name, type.Value, channel)).FirstOrDefault(said => said is not null);
    }

    /// <summary>The content type that WhatsApp approves: one of its own, else the one that is sent.</summary>
    /// <param name="types">The types as a JSON object, with at least one.</param>
    public static string TypeForApproval(string types)
    {
        using var document = JsonDocument.Parse(types);
        return document.RootElement.EnumerateObject().Select(type => type.Name).MinBy(name => name switch
        {
            _ when name.StartsWith(OfWhatsApp, StringComparison.Ordinal) => 0, Media => 1, Text => 2, _ => 3,
        })!;
    }

    /// <summary>
    /// Whether WhatsApp approves templates of a type. List pickers and locations are sent within the 24-hour window
    /// only. Source: https://www.twilio.com/docs/content/content-types-overview.
    /// </summary>
    /// <param name="type">A type of <see cref="TypeForApproval"/>.</param>
    public static bool CanBeApproved(string type) => type is not (ListPicker or Location);

    private static TemplateContent? ContentOf(string name, JsonElement type, Channel channel)
    {
        if (channel != Channel.WhatsApp && IsOfWhatsAppOnly(name)) return null;
        var body = name switch
        {
            Authentication => AuthenticationOf(type),
            Location => LocationOf(type),
            _ => TextOf(type, "body") ?? TextOf(type, "title") ?? "",
        };
        var hasMedia = type.TryGetProperty("media", out var urls) && urls.ValueKind == JsonValueKind.Array;
        IReadOnlyList<string> media = hasMedia
            ? [.. urls.EnumerateArray().Where(url => url.ValueKind == JsonValueKind.String)
                .Select(url => url.GetString()!)]
            : [];
        return body.Length == 0 && media.Count == 0 ? null : new(body, media);
    }

    private static bool IsOfWhatsAppOnly(string name) =>
        name is Location or Catalog or Flows || name.StartsWith(OfWhatsApp, StringComparison.Ordinal);

    /// <summary>The sentence of WhatsApp, which templates of this type cannot change.</summary>
    private static string AuthenticationOf(JsonElement type) =>
        "*{{1}}* is your verification code."
        + (type.TryGetProperty("add_security_recommendation", out var isAdded)
            && isAdded.ValueKind == JsonValueKind.True
            ? " For your security, do not share this code." : "");

    private static string LocationOf(JsonElement type) =>
        TextOf(type, "label") ?? TextOf(type, "address")
        ?? string.Create(CultureInfo.InvariantCulture,
            $"{type.GetProperty("latitude")},{type.GetProperty("longitude")}");

    private static string? TextOf(JsonElement type, string member) =>
        type.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>The content of a template, with placeholders.</summary>
/// <param name="Body">The text; empty if there is none.</param>
/// <param name="Media">The URLs of the media.</param>
public sealed record TemplateContent(string Body, IReadOnlyList<string> Media);
