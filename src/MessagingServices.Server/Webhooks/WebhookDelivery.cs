namespace MessagingServices.Server.Webhooks;

/// <summary>The result of a webhook's delivery, with all attempts of its retry rule.</summary>
/// <param name="Sid">The webhook.</param>
/// <param name="Outcome">Delivered or failed.</param>
/// <param name="Attempts">The attempts of this delivery, oldest first; none if the webhook was dropped.</param>
internal sealed record WebhookDelivery(Sid Sid, WebhookOutcome Outcome, IReadOnlyList<WebhookAttempt> Attempts)
{
    /// <summary>The claim that ends when the result is stored; null for a dropped webhook.</summary>
    public ClaimedWebhook? Claim { get; init; }

    /// <summary>The <c>X-Twilio-Signature</c> of the last attempt; null if the webhook was dropped.</summary>
    public string? Signature { get; init; }

    public AttemptOutcome? LastAttempt { get; init; }

    /// <summary>Whether a rule has the request made again: it waits in the queue for that.</summary>
    public bool IsRepeated => Outcome == WebhookOutcome.Delivered && Claim?.IsToBeRepeated is true;

    /// <summary>The outcome of the webhook after this delivery.</summary>
    public WebhookOutcome StoredOutcome => IsRepeated ? WebhookOutcome.Pending : Outcome;

    /// <summary>Twilio's error code of a failed delivery; null for success.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Whether the endpoint sent a response, also one with an error; null if unknown.</summary>
    public bool? HasResponded { get; init; }

    /// <summary>The response of a successful last attempt, if the caller has asked for it.</summary>
    public WebhookResponse? Response { get; init; }

    /// <summary>The error of this server that ended the delivery; null without one.</summary>
    public Exception? ServerError { get; init; }

    /// <summary>The delivery whose last attempt had this outcome.</summary>
    public static WebhookDelivery Of(Sid webhook, AttemptOutcome last, IReadOnlyList<WebhookAttempt> attempts) =>
        new(webhook, last is AttemptOutcome.Acknowledged ? WebhookOutcome.Delivered : WebhookOutcome.Failed, attempts)
        {
            LastAttempt = last,
            ErrorCode = last.ErrorCode,
            HasResponded = last is AttemptOutcome.Acknowledged or AttemptOutcome.Rejected,
        };

    /// <summary>The same delivery of a webhook that was acknowledged before: nothing follows from its end.</summary>
    public WebhookDelivery AsRepetition() => this with
    {
        Outcome = WebhookOutcome.Delivered,
        ErrorCode = null,
        Attempts = [.. Attempts.Select(attempt => attempt with { IsDuplicate = true })],
    };

    /// <summary>A webhook that is not sent, because it or its account was removed, or its account closed.</summary>
    public static WebhookDelivery Dropped(Sid webhook) => new(webhook, WebhookOutcome.Dropped, []);
}
