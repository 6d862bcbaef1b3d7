using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>A request to an application, with every attempt to deliver it.</summary>
internal sealed record WebhookResource
{
    /// <summary>SID with the prefix WH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The message that it is about.</summary>
    public required Sid MessageSid { get; init; }

    /// <summary>Its kind: status_callback, inbound or fallback.</summary>
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

    /// <summary>Every attempt, oldest first.</summary>
    public required IReadOnlyList<WebhookAttemptResource> Attempts { get; init; }

    /// <summary>Its outcome: pending, delivered or failed.</summary>
    public required WebhookOutcome Outcome { get; init; }

    /// <summary>The resource of a webhook.</summary>
    public static WebhookResource Of(Webhook webhook)
    {
        OrderedDictionary<string, string> parameters = [];
        foreach (var (name, value) in webhook.Parameters) parameters[name] = value;
        return new()
        {
            Sid = webhook.Sid,
            MessageSid = webhook.MessageSid,
            Kind = webhook.Kind,
            Method = webhook.Method,
            Url = webhook.Url,
            Parameters = parameters,
            Signature = webhook.Signature,
            Attempts = [.. webhook.Attempts.Select(WebhookAttemptResource.Of)],
            Outcome = webhook.Outcome,
        };
    }
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

    /// <summary>The document that a Redirect led on to; null when the webhook's own URL was requested.</summary>
    public required string? Url { get; init; }

    internal static WebhookAttemptResource Of(WebhookAttempt attempt) => new()
    {
        Date = new(attempt.Date),
        StatusCode = attempt.StatusCode,
        Error = attempt.Error,
        ErrorCode = attempt.ErrorCode,
        DurationMs = attempt.DurationMs,
        Url = attempt.Url,
    };
}

/// <summary>Which webhooks are listed. An absent or empty parameter matches all.</summary>
internal sealed record WebhookFilter
{
    /// <summary>Those of this message.</summary>
    public string? MessageSid { get; init; }

    /// <summary>Those to exactly this URL.</summary>
    public string? Url { get; init; }

    /// <summary>The outcome of the webhooks: <c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Of an account's messages those whose pending webhooks may match; the shape was checked.</summary>
    internal IQueryable<Message> ApplyToPending(IQueryable<Message> messages)
    {
        if (Sid.TryParse(MessageSid, null, out var sid)) messages = messages.Where(message => message.Sid == sid);
        return string.IsNullOrEmpty(Url) ? messages : messages.Where(message => message.StatusCallback == Url);
    }

    /// <summary>Filters; the shape was checked.</summary>
    internal IQueryable<Webhook> Apply(IQueryable<Webhook> webhooks)
    {
        if (Sid.TryParse(MessageSid, null, out var message))
            webhooks = webhooks.Where(webhook => webhook.MessageSid == message);
        if (!string.IsNullOrEmpty(Url)) webhooks = webhooks.Where(webhook => webhook.Url == Url);
        if (!string.IsNullOrEmpty(Outcome))
        {
            var outcome = EnumNames<WebhookOutcome>.Parse(Outcome.ToLowerInvariant());
            webhooks = webhooks.Where(webhook => webhook.Outcome == outcome);
        }

        return webhooks;
    }
}

/// <summary>SIDs and words must be readable.</summary>
internal sealed class WebhookFilterRules : AbstractValidator<WebhookFilter>
{
    public WebhookFilterRules()
    {
        RuleFor(filter => filter.MessageSid)
            .Must(
                FieldShape.SidOf("[A-Z]{2}"),
                value => string.IsNullOrEmpty(value) || Sid.TryParse(value, null, out _))
            .ToApiError(value => $"MessageSid '{value}' is not a valid SID");
        RuleFor(filter => filter.Outcome).OneOf(["", .. EnumNames<WebhookOutcome>.All])
            .ToApiError(value => $"Outcome must be pending, delivered or failed, not '{value}'");
    }
}
