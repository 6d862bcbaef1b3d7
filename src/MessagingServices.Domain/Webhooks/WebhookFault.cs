namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// What a <see cref="WebhookRule"/> does with one webhook. The effects follow each other: first the delay, then the
/// webhook is dropped, or held until a later one of its message has ended; then the request, and its repetition.
/// </summary>
/// <param name="RuleSid">The rule that has decided. It may have been deleted.</param>
public sealed record WebhookFault(string RuleSid)
{
    /// <summary>How long the webhook waits, in milliseconds of real time; null if the rule has no delay.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Whether the request is made again when it was acknowledged.</summary>
    public bool Duplicate { get; init; }

    /// <summary>Whether the request is never made.</summary>
    public bool Drop { get; init; }

    /// <summary>Whether the webhook is held until a later one of its message has ended.</summary>
    public bool Reorder { get; init; }

    /// <summary>How long the webhook is held at most, in milliseconds; null if it is not.</summary>
    public int? HoldMs { get; init; }
}
