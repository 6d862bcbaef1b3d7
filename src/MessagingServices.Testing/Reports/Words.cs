using System.Globalization;
using System.Text.Json;

namespace MessagingServices.Testing.Reports;

/// <summary>Things of the server in a line each.</summary>
internal static class Words
{
    private const int MaxText = 160;

    /// <summary>The text of a message, how it stands, and its SID.</summary>
    public static string Of(EmulatedMessage message)
    {
        var error = message.ErrorCode is { } code ? $" with {code}: {message.ErrorText}" : "";
        var media = message.NumMedia == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" with {message.NumMedia} media item{(message.NumMedia == 1 ? "" : "s")}");
        return $"\"{Shortened(message.Body)}\"{media} ({message.Status}{error}; {message.Sid})";
    }

    /// <summary>Who sends a message.</summary>
    public static string Sender(EmulatedMessage message) => message.From.Length > 0 ? message.From : "no sender yet";

    /// <summary>A status of a timeline.</summary>
    public static string OfStatus(JsonElement change)
    {
        var error = change.GetProperty("error_code") is { ValueKind: JsonValueKind.Number } code ? $", {code}" : "";
        return $"{change.GetProperty("date").GetString()} {change.GetProperty("status").GetString()}{error}";
    }

    /// <summary>Where a webhook went, and what became of it.</summary>
    public static string Of(EmulatedWebhook webhook)
    {
        var status = webhook.Parameters.TryGetValue("MessageStatus", out var told) ? $" ({told})" : "";
        var fault = webhook.FaultRule is { } rule ? $", by the fault {rule}" : "";
        var last = webhook.Attempts is [.., var attempt] ? $"\n  {Of(attempt)}" : "";
        var tries = webhook.Attempts.Count > 1
            ? string.Create(CultureInfo.InvariantCulture, $" after {webhook.Attempts.Count} attempts") : "";
        return $"{webhook.Kind}{status} to {webhook.Url.OriginalString}: {webhook.Outcome}{tries}{fault}{last}";
    }

    /// <summary>Why a message has no webhook.</summary>
    public static string OfNoWebhook(EmulatedMessage message) => message switch
    {
        { Status: "receiving" } => "No webhook yet: its media are being fetched.",
        { IsInbound: true } => $"No webhook: neither {message.To} nor its Messaging Service has a URL for it.",
        // Whether it has a URL shows only when there is something to tell.
        { MayArrive: true } => "No webhook yet: if it has a status callback URL, callbacks come as its status changes.",
        _ => "No webhook: the message has no status callback URL.",
    };

    /// <summary>A rule: what it has that is not usual, by its names in the API.</summary>
    public static string OfRule(JsonElement rule)
    {
        string[] unsaid = ["sid", "account_sid", "date_created", "url", "times", "times_used"];
        var members = rule.EnumerateObject()
            .Where(member => !unsaid.Contains(member.Name)
                && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            .Select(member => $"{member.Name}={member.Value}");
        var times = Number(rule, "times_used") is { } used
            ? $"; used {used} of {Number(rule, "times")} times" : "";
        return $"{rule.GetProperty("sid").GetString()}: {string.Join(", ", members)}{times}";
    }

    private static string Of(EmulatedWebhookAttempt attempt)
    {
        var status = attempt.StatusCode is { } code ? $"the application has answered {code}" : "no answer";
        var error = attempt.Error is null ? "" : $" ({attempt.ErrorCode}: {attempt.Error})";
        var body = attempt.StatusCode is >= 400 && attempt.ResponseBody is { Length: > 0 } text
            ? $": {Shortened(text)}" : "";
        return $"{status}{error}{body}";
    }

    private static string? Number(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.ToString() : null;

    private static string Shortened(string text)
    {
        // Not between the halves of a character.
        var length = char.IsHighSurrogate(text.ElementAtOrDefault(MaxText - 1)) ? MaxText - 1 : MaxText;
        return (text.Length > MaxText ? text[..length] + "..." : text).ReplaceLineEndings(" ");
    }
}
