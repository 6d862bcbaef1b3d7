using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>
/// A webhook, as far as it explains a message: the API's resource without what repeats the rest or only fills a model's
/// context, such as headers.
/// </summary>
internal sealed record ExplainedWebhook
{
    /// <summary>SID with the prefix WH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>Its kind: status_callback, inbound, fallback or conversation.</summary>
    public required WebhookKind Kind { get; init; }

    /// <summary>The HTTP method of the request.</summary>
    public required string Method { get; init; }

    /// <summary>Where to, as configured.</summary>
    public required string Url { get; init; }

    /// <summary>The parameters of the request, in their order.</summary>
    public required OrderedDictionary<string, string> Parameters { get; init; }

    /// <summary>The X-Twilio-Signature of the last attempt; null before the first.</summary>
    public required string? Signature { get; init; }

    /// <summary>Its outcome: pending, delivered, failed or dropped.</summary>
    public required WebhookOutcome Outcome { get; init; }

    /// <summary>What a webhook rule has decided on it; null if none applies.</summary>
    public required WebhookFaultResource? Fault { get; init; }

    /// <summary>Every attempt, oldest first.</summary>
    public required IReadOnlyList<ExplainedAttempt> Attempts { get; init; }

    /// <summary>The short form of the API's resource.</summary>
    public static ExplainedWebhook Of(WebhookResource webhook) => new()
    {
        Sid = webhook.Sid,
        Kind = webhook.Kind,
        Method = webhook.Method,
        Url = webhook.Url,
        Parameters = webhook.Parameters,
        Signature = webhook.Signature,
        Outcome = webhook.Outcome,
        Fault = webhook.Fault,
        Attempts = [.. webhook.Attempts.Select(ExplainedAttempt.Of)],
    };
}

/// <summary>One attempt to deliver a webhook.</summary>
internal sealed record ExplainedAttempt
{
    /// <summary>The usual error page has its reason at the beginning.</summary>
    private const int MaxBody = 500;

    /// <summary>When it began, in real time.</summary>
    public required PreciseDate Date { get; init; }

    /// <summary>The HTTP status of the response; null when there was none.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>The failure, for people; null when it succeeded.</summary>
    public required string? Error { get; init; }

    /// <summary>Twilio's error code (112xx); null when the application acknowledged the webhook.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Whether a webhook rule had the request made again.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>The document that a Redirect led on to; null when the webhook's own URL was requested.</summary>
    public required string? Url { get; init; }

    /// <summary>The beginning of the response's body; null where the API has none.</summary>
    public required string? ResponseBody { get; init; }

    internal static ExplainedAttempt Of(WebhookAttemptResource attempt) => new()
    {
        Date = attempt.Date,
        StatusCode = attempt.StatusCode,
        Error = attempt.Error,
        ErrorCode = attempt.ErrorCode,
        DurationMs = attempt.DurationMs,
        Duplicate = attempt.Duplicate,
        Url = attempt.Url,
        ResponseBody = attempt.ResponseBody is { } body ? ShortText.Of(body, MaxBody) : null,
    };
}
