using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Gives a message the text and the media that its content template says, placeholders filled by the message's values or else by the
/// template's own. They take the place of those that the message has itself, if any.
/// </summary>
internal sealed class RenderContent(IDbContextFactory<MessagingDb> databases)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Renders.</summary>
    /// <exception cref="TwilioException">21655 when the account has no such template, or it says neither text nor media; 21656 when the values
    /// are no JSON object of texts; 21617, 21619, 21620 and 21623 for what comes out.</exception>
    public async Task<NewMessage> RenderAsync(NewMessage draft, CancellationToken cancellation)
    {
        var (sid, variables) = draft.Content!;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var template = await db.ContentTemplates.AsNoTracking()
            .SingleOrDefaultAsync(t => t.Sid == sid && t.AccountSid == draft.AccountSid, cancellation);
        if (template is null) throw Refused(MessagingError.InvalidContentSid);
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(template.Variables)!;
        foreach (var (name, value) in Values(variables)) values[name] = value;
        var said = ContentTypes.ContentOf(template.Types) ?? throw Refused(MessagingError.InvalidContentSid);
        var rendered = draft with { Body = Body(said.Body, values), MediaUrls = Media(said.Media, values) };
        return rendered is { Body: "", MediaUrls: [] } ? throw Refused(MessagingError.ContentMissing) : rendered;
    }

    private static string Body(string text, Dictionary<string, string> values) =>
        Placeholders.Fill(text, values, OutboundMessage.MaxBodyLength) ?? throw Refused(MessagingError.BodyTooLong);

    /// <summary>A medium whose placeholder is filled with nothing is none.</summary>
    private static List<string> Media(IReadOnlyList<string> templates, Dictionary<string, string> values)
    {
        var urls = templates.Select(url => Placeholders.Fill(url, values, HttpUrl.MaxLength) ?? throw Refused(MessagingError.InvalidMediaUrl))
            .Where(url => url.Length > 0).ToList();
        if (urls.Count > OutboundMessage.MaxMedia) throw Refused(MessagingError.TooManyMedia);
        return urls.TrueForAll(HttpUrl.IsValid) ? urls : throw Refused(MessagingError.InvalidMediaUrl);
    }

    /// <summary>The message's own values; none when it gives none.</summary>
    private static Dictionary<string, string> Values(string? json)
    {
        if (string.IsNullOrEmpty(json)) return [];
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(value => value.Name, value => Text(value.Value))
                : throw Refused(MessagingError.InvalidContentVariables);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The latter for halves of a character.
            throw Refused(MessagingError.InvalidContentVariables);
        }
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw Refused(MessagingError.InvalidContentVariables);

    private static TwilioException Refused(MessagingError error) => new(error.ToApiError());
}
