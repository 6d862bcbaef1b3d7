using System.Text.Json;

namespace MessagingServices.Domain.Content;

/// <summary>
/// The content types of a template. Source of the names: https://www.twilio.com/docs/content/content-types-overview.
/// </summary>
public static class ContentTypes
{
    public const string Text = "twilio/text";

    /// <summary>Media with optional text: <c>media</c>, <c>body</c>.</summary>
    public const string Media = "twilio/media";

    /// <summary>All content types.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Text, Media, "twilio/location", "twilio/list-picker", "twilio/call-to-action", "twilio/quick-reply",
        "twilio/card", "twilio/catalog", "twilio/carousel", "twilio/flows", "twilio/schedule",
        "whatsapp/card", "whatsapp/authentication", "whatsapp/flows",
    ];

    /// <summary>
    /// The text and media that a template sends: those of its <see cref="Media"/> type, else of its <see cref="Text"/>
    /// type, else the body (or title) and media of the first type that has any. Simulated handsets do not show buttons
    /// and cards.
    /// </summary>
    /// <param name="types">The types as a JSON object.</param>
    /// <returns>The content; null if there is none.</returns>
    public static TemplateContent? ContentOf(string types)
    {
        using var document = JsonDocument.Parse(types);
        return document.RootElement.EnumerateObject()
            .OrderBy(type => type.Name switch { Media => 0, Text => 1, _ => 2 })
            .Select(type => ContentOf(type.Value)).FirstOrDefault(said => said is not null);
    }

    private static TemplateContent? ContentOf(JsonElement type)
    {
        var body = TextOf(type, "body") ?? TextOf(type, "title") ?? "";
        var hasMedia = type.TryGetProperty("media", out var urls) && urls.ValueKind == JsonValueKind.Array;
        IReadOnlyList<string> media = hasMedia
            ? [.. urls.EnumerateArray().Where(url => url.ValueKind == JsonValueKind.String)
                .Select(url => url.GetString()!)]
            : [];
        return body.Length == 0 && media.Count == 0 ? null : new(body, media);
    }

    private static string? TextOf(JsonElement type, string member) =>
        type.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>The content of a template, with placeholders.</summary>
/// <param name="Body">The text; empty if there is none.</param>
/// <param name="Media">The URLs of the media.</param>
public sealed record TemplateContent(string Body, IReadOnlyList<string> Media);
