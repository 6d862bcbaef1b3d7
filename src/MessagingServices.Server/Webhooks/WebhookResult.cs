namespace MessagingServices.Server.Webhooks;

/// <summary>How a webhook went, all attempts of the retry rule included.</summary>
/// <param name="Outcome">How the last attempt ended.</param>
/// <param name="Attempts">Every attempt, oldest first; at least one.</param>
/// <param name="Signature">The <c>X-Twilio-Signature</c> of the last attempt.</param>
internal sealed record WebhookResult(AttemptOutcome Outcome, IReadOnlyList<WebhookAttempt> Attempts, string Signature)
{
    /// <summary>What it was answered with, where that is wanted; null otherwise and without success.</summary>
    public WebhookResponse? Answer { get; init; }

    /// <summary>The error of this server that ended it; null when there was none.</summary>
    public Exception? OwnError { get; init; }

    /// <summary>How the webhook stands after it.</summary>
    public WebhookOutcome Standing => Outcome is AttemptOutcome.Acknowledged ? WebhookOutcome.Delivered : WebhookOutcome.Failed;

    /// <summary>Whether the endpoint answered at all, be it with a refusal; null when that is not known.</summary>
    public bool? WasAnswered => OwnError is null ? Outcome is AttemptOutcome.Acknowledged or AttemptOutcome.Rejected : null;
}
