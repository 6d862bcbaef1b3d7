namespace MessagingServices.Domain.Webhooks;

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="Date">The start of the attempt, in real time.</param>
/// <param name="StatusCode">The HTTP status of the response; null without a response.</param>
/// <param name="ErrorCode">Twilio's error code (112xx); null if acknowledged.</param>
/// <param name="Error">The error in words; null if acknowledged.</param>
/// <param name="DurationMs">The duration, in milliseconds.</param>
public sealed record WebhookAttempt(
    DateTimeOffset Date, int? StatusCode, int? ErrorCode, string? Error, long DurationMs)
{
    /// <summary>The maximum length of <see cref="ResponseBody"/>, and that of all <see cref="ResponseHeaders"/>.
    /// </summary>
    public const int MaxResponseText = 4096;

    /// <summary>
    /// Whether a rule has the request made again; null if not. Nothing follows from its response.
    /// </summary>
    public bool? IsDuplicate { get; init; }

    /// <summary>The document of a TwiML <c>Redirect</c>; null when the webhook's own URL was requested.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// The headers of the response, in their order. Of a delivery only the last attempt and the last error keep them;
    /// null for other attempts, and without a response.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>>? ResponseHeaders { get; init; }

    /// <summary>The beginning of the response's body; null where <see cref="ResponseHeaders"/> is null.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>The attempt without headers and body of its response.</summary>
    public WebhookAttempt WithoutResponse() => ResponseHeaders is null && ResponseBody is null
        ? this : this with { ResponseHeaders = null, ResponseBody = null };
}
