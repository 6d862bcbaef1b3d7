using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Gives a message the text and the media of its content template. The message's values fill the placeholders; for the
/// others, the template's own values do. The result replaces text and media of the message itself.
/// </summary>
internal sealed class RenderContent(AcceptReads reads)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Renders a template of the account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="choice">The template and its values.</param>
    /// <param name="to">The recipient, as the application wrote it. Its channel decides which content fits.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21655 when the account has no such template, or the template has neither text
    /// nor media; 21656 when the values are not a JSON object of strings, or WhatsApp does not take one; 21617, 21619,
    /// 21620 and 21623 for the rendered message.</exception>
    public async Task<RenderedContent> RenderAsync(
        Sid account, ContentChoice choice, string to, CancellationToken cancellation)
    {
        var (sid, variables) = choice;
        var channel = RecipientAddress.Parse(to).Address?.Channel ?? Channel.Sms;
        await using var lease = await reads.OpenAsync(cancellation);
        var template = await lease.Db.ContentTemplates.AsNoTracking()
            .SingleOrDefaultAsync(t => t.Sid == sid && t.AccountSid == account, cancellation);
        if (template is null) throw Error(MessagingError.InvalidContentSid);
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(template.Variables)!;
        foreach (var (name, value) in Values(variables))
        {
            if (channel == Channel.WhatsApp && !WhatsAppVariables.IsAllowed(value))
                throw Error(MessagingError.InvalidContentVariables);
            values[name] = value;
        }

        var content = ContentTypes.ContentOf(template.Types, channel) ?? throw Error(MessagingError.InvalidContentSid);
        RenderedContent rendered = new(Body(content.Body, values), Media(content.Media, values));
        return rendered is { Body: "", MediaUrls: [] } ? throw Error(MessagingError.ContentMissing) : rendered;
    }

    private static string Body(string text, Dictionary<string, string> values) =>
        Placeholders.Fill(text, values, OutboundMessage.MaxBodyLength) ?? throw Error(MessagingError.BodyTooLong);

    // A URL that is empty after filling is left out.
    private static List<string> Media(IReadOnlyList<string> templates, Dictionary<string, string> values)
    {
        var urls = templates
            .Select(url => Placeholders.Fill(url, values, HttpUrl.MaxLength)
                ?? throw Error(MessagingError.InvalidMediaUrl))
            .Where(url => url.Length > 0).ToList();
        if (urls.Count > OutboundMessage.MaxMedia) throw Error(MessagingError.TooManyMedia);
        return urls.TrueForAll(HttpUrl.IsValid) ? urls : throw Error(MessagingError.InvalidMediaUrl);
    }

    private static Dictionary<string, string> Values(string? json)
    {
        if (string.IsNullOrEmpty(json)) return [];
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(value => value.Name, value => Text(value.Value))
                : throw Error(MessagingError.InvalidContentVariables);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string contains half of a surrogate pair.
            throw Error(MessagingError.InvalidContentVariables);
        }
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw Error(MessagingError.InvalidContentVariables);

    private static TwilioException Error(MessagingError error) => new(error.ToApiError());
}

/// <summary>A content template with the values for its placeholders.</summary>
/// <param name="Sid">The template's SID.</param>
/// <param name="Variables">The values as the application sent them, in JSON; null when there are none.</param>
internal sealed record ContentChoice(Sid Sid, string? Variables);

/// <summary>The text and the media URLs that a template renders to; one of them may be empty.</summary>
internal sealed record RenderedContent(string Body, IReadOnlyList<string> MediaUrls);
