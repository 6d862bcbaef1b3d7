using MessagingServices.Server.Api.Http;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>A request to an application, with every attempt to deliver it.</summary>
internal sealed record WebhookResource
{
    /// <summary>SID with the prefix WH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The message that it is about.</summary>
    public required Sid MessageSid { get; init; }

    /// <summary>Its kind: status_callback, inbound, fallback or conversation.</summary>
    public required WebhookKind Kind { get; init; }

    /// <summary>The HTTP method of the request: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string Method { get; init; }

    /// <summary>Where to, as configured, connection overrides included.</summary>
    public required string Url { get; init; }

    /// <summary>The request's parameters, in their order.</summary>
    public required OrderedDictionary<string, string> Parameters { get; init; }

    /// <summary>The <c>X-Twilio-Signature</c> of the last attempt; null before the first.</summary>
    public required string? Signature { get; init; }

    /// <summary>
    /// The text that is signed: the URL, then for a POST the name and the value of each parameter, sorted by name. A
    /// request that follows an HTTP redirect has another text.
    /// </summary>
    public required string SignedText { get; init; }

    /// <summary>Every attempt, oldest first.</summary>
    public required IReadOnlyList<WebhookAttemptResource> Attempts { get; init; }

    /// <summary>Its outcome: pending, delivered, failed or dropped.</summary>
    public required WebhookOutcome Outcome { get; init; }

    /// <summary>What a webhook rule has decided on it; null if none applies, and before it is decided.</summary>
    public required WebhookFaultResource? Fault { get; init; }

    /// <summary>The resource of a webhook.</summary>
    public static WebhookResource Of(Webhook webhook)
    {
        OrderedDictionary<string, string> parameters = [];
        foreach (var (name, value) in webhook.Parameters) parameters[name] = value;
        var target = RequestTarget.Of(webhook);
        IReadOnlyList<HeaderResource>? headers = webhook.Signature is { } signature && target.Uri is not null
            ? HeaderResource.Of(target, signature, webhook.IdempotencyToken) : null;
        return new()
        {
            Sid = webhook.Sid,
            MessageSid = webhook.MessageSid,
            Kind = webhook.Kind,
            Method = webhook.Method,
            Url = webhook.Url,
            Parameters = parameters,
            Signature = webhook.Signature,
            SignedText = RequestSignature.SignedText(target.SignedUrl, target.Parameters),
            Attempts = [.. webhook.Attempts.Select(attempt => WebhookAttemptResource.Of(attempt, headers))],
            Outcome = webhook.Outcome,
            Fault = webhook.Fault is { } fault ? WebhookFaultResource.Of(fault) : null,
        };
    }
}

/// <summary>What a webhook rule has decided on one webhook.</summary>
internal sealed record WebhookFaultResource
{
    /// <summary>The rule. It may have been deleted.</summary>
    public required Sid RuleSid { get; init; }

    /// <summary>How long it is delayed, in milliseconds; null if the rule sets no delay.</summary>
    public required int? DelayMs { get; init; }

    /// <summary>Whether its request is made again when it was acknowledged.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>Whether its request is never made.</summary>
    public required bool Drop { get; init; }

    /// <summary>Whether it is held until a later one of its message has ended.</summary>
    public required bool Reorder { get; init; }

    /// <summary>How long it is held at most, in milliseconds; null if it is not held.</summary>
    public required int? HoldMs { get; init; }

    internal static WebhookFaultResource Of(WebhookFault fault) => new()
    {
        RuleSid = Sid.Parse(fault.RuleSid),
        DelayMs = fault.DelayMs,
        Duplicate = fault.Duplicate,
        Drop = fault.Drop,
        Reorder = fault.Reorder,
        HoldMs = fault.HoldMs,
    };
}

/// <summary>One attempt to deliver a webhook.</summary>
internal sealed record WebhookAttemptResource
{
    /// <summary>When it began, in real time; ISO 8601 in milliseconds.</summary>
    public required PreciseDate Date { get; init; }

    /// <summary>The HTTP status of the response; null when there was none.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>The failure, for people; null when it succeeded.</summary>
    public required string? Error { get; init; }

    /// <summary>Twilio's error code (112xx); null when the application acknowledged the webhook.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Whether a webhook rule had the request made again: nothing followed from its response.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>The document that a Redirect led on to; null when the webhook's own URL was requested.</summary>
    public required string? Url { get; init; }

    /// <summary>
    /// The headers of the request, but for cookies and credentials; null when a Redirect led to another document.
    /// </summary>
    public required IReadOnlyList<HeaderResource>? RequestHeaders { get; init; }

    /// <summary>
    /// The headers of the response, at most about 4,096 characters. Of each delivery only the last attempt and the last
    /// error have them; null for others, and when there was no response.
    /// </summary>
    public required IReadOnlyList<HeaderResource>? ResponseHeaders { get; init; }

    /// <summary>The first 4,096 bytes of the response's body; null where its headers are.</summary>
    public required string? ResponseBody { get; init; }

    internal static WebhookAttemptResource Of(
        WebhookAttempt attempt, IReadOnlyList<HeaderResource>? requestHeaders) => new()
    {
        RequestHeaders = attempt.Url is null ? requestHeaders : null,
        ResponseHeaders = attempt.ResponseHeaders is { } headers
            ? [.. headers.Select(header => new HeaderResource(header.Key, header.Value))] : null,
        ResponseBody = attempt.ResponseBody,
        Date = new(attempt.Date),
        StatusCode = attempt.StatusCode,
        Error = attempt.Error,
        ErrorCode = attempt.ErrorCode,
        DurationMs = attempt.DurationMs,
        Duplicate = attempt.IsDuplicate is true,
        Url = attempt.Url,
    };
}

/// <summary>A header of HTTP.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record HeaderResource(string Name, string Value)
{
    /// <summary>The headers of a webhook's request.</summary>
    public static IReadOnlyList<HeaderResource> Of(RequestTarget target, string signature, Guid token)
    {
        using var request = target.CreateRequest(signature, token);
        // Setting the length makes the content tell it.
        _ = request.Content?.Headers.ContentLength;
        return
        [
            new("Host", target.Uri!.Authority),
            .. request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
                .Select(header => new HeaderResource(header.Key, header.Value.ToString())),
        ];
    }
}
