using System.Text.Json;

namespace MessagingServices.Testing;

/// <summary>A request that the server has made to the application, as it was when it was read.</summary>
public sealed record EmulatedWebhook
{
    private EmulatedWebhook(JsonElement webhook)
    {
        Sid = webhook.GetProperty("sid").GetString()!;
        Kind = webhook.GetProperty("kind").GetString()!;
        Url = new Uri(webhook.GetProperty("url").GetString()!, UriKind.RelativeOrAbsolute);
        Outcome = webhook.GetProperty("outcome").GetString()!;
        Parameters = webhook.GetProperty("parameters").EnumerateObject()
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetString() ?? "");
        Attempts = [.. webhook.GetProperty("attempts").EnumerateArray().Select(EmulatedWebhookAttempt.Of)];
        FaultRule = webhook.GetProperty("fault") is { ValueKind: JsonValueKind.Object } fault
            ? fault.GetProperty("rule_sid").GetString() : null;
    }

    /// <summary>The SID, with the prefix <c>WH</c>.</summary>
    public string Sid { get; }

    /// <summary><c>status_callback</c>, <c>inbound</c>, <c>fallback</c> or <c>conversation</c>.</summary>
    public string Kind { get; }

    /// <summary>Where it was sent to. It is signed for this URL, without a fragment and credentials.</summary>
    public Uri Url { get; }

    /// <summary>Its parameters by their names, such as <c>MessageStatus</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>
    /// <c>delivered</c> if the application has acknowledged it, <c>failed</c> after the last attempt, <c>dropped</c> by
    /// a fault, or <c>pending</c>.
    /// </summary>
    public string Outcome { get; }

    /// <summary>Every attempt to deliver it, oldest first.</summary>
    public IReadOnlyList<EmulatedWebhookAttempt> Attempts { get; }

    /// <summary>The rule that has delayed, dropped, doubled or held it.</summary>
    internal string? FaultRule { get; }

    internal static EmulatedWebhook Of(JsonElement webhook) => new(webhook);
}

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="Date">When it began, in real time.</param>
/// <param name="StatusCode">The HTTP status of the application's response; null when none came.</param>
/// <param name="ErrorCode">Twilio's code, 112xx; null when the application has acknowledged the webhook.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
/// <param name="ResponseBody">The beginning of the response's body; null when none was kept.</param>
public sealed record EmulatedWebhookAttempt(
    DateTimeOffset Date, int? StatusCode, int? ErrorCode, string? Error, string? ResponseBody)
{
    internal static EmulatedWebhookAttempt Of(JsonElement attempt) => new(
        attempt.GetProperty("date").GetDateTimeOffset(),
        Number(attempt.GetProperty("status_code")),
        Number(attempt.GetProperty("error_code")),
        attempt.GetProperty("error").GetString(),
        attempt.GetProperty("response_body").GetString());

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}
