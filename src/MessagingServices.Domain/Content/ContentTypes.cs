using System.Text.Json;

namespace MessagingServices.Domain.Content;

/// <summary>
/// The content types of a template. Source of the names: https://www.twilio.com/docs/content/content-types-overview.
/// </summary>
public static class ContentTypes
{
    /// <summary>Only text: <c>body</c>.</summary>
    public const string Text = "twilio/text";

    /// <summary>Media, and text if there is any: <c>media</c>, <c>body</c>.</summary>
    public const string Media = "twilio/media";

    /// <summary>Every type that there is.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Text, Media, "twilio/location", "twilio/list-picker", "twilio/call-to-action", "twilio/quick-reply", "twilio/card", "twilio/catalog",
        "twilio/carousel", "twilio/flows", "twilio/schedule", "whatsapp/card", "whatsapp/authentication", "whatsapp/flows",
    ];

    /// <summary>
    /// What a message with the template says: its <see cref="Media"/>, else its <see cref="Text"/>, else the body (or the title) and the media
    /// of its first type that has one. Buttons, cards and the like are not shown on simulated handsets.
    /// </summary>
    /// <param name="types">The types, a JSON object.</param>
    /// <returns>Null when it says nothing.</returns>
    public static ContentSaid? Said(string types)
    {
        using var document = JsonDocument.Parse(types);
        return document.RootElement.EnumerateObject().OrderBy(type => type.Name switch { Media => 0, Text => 1, _ => 2 })
            .Select(type => Said(type.Value)).FirstOrDefault(said => said is not null);
    }

    private static ContentSaid? Said(JsonElement type)
    {
        var body = TextOf(type, "body") ?? TextOf(type, "title") ?? "";
        IReadOnlyList<string> media = type.TryGetProperty("media", out var urls) && urls.ValueKind == JsonValueKind.Array
            ? [.. urls.EnumerateArray().Where(url => url.ValueKind == JsonValueKind.String).Select(url => url.GetString()!)]
            : [];
        return body.Length == 0 && media.Count == 0 ? null : new(body, media);
    }

    private static string? TextOf(JsonElement type, string member) =>
        type.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>What a template says, placeholders not filled.</summary>
/// <param name="Body">The text; empty when there is none.</param>
/// <param name="Media">The URLs of the media.</param>
public sealed record ContentSaid(string Body, IReadOnlyList<string> Media);
