namespace MessagingServices.Domain.Selection;

/// <summary>The record of how a message's sender was selected.</summary>
/// <param name="MessageSid">The message.</param>
/// <param name="Chosen">The address as it stands in <c>from</c>; null when no sender could be used.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Steps">What each rule did; each names at most ten senders.</param>
public sealed record SenderSelection(Sid MessageSid, string? Chosen, string Reason, IReadOnlyList<SelectionStep> Steps)
{
    private const int MaxNamed = 10;

    /// <summary>The record of a message that named its sender itself, or whose Messaging Service is gone: no rule was asked.</summary>
    public static SenderSelection WithoutRules(Sid messageSid, string? chosen, string reason) => new(messageSid, chosen, reason, []);

    /// <summary>The record of a choice.</summary>
    public static SenderSelection Of(Sid messageSid, SenderChoice choice) =>
        new(messageSid, (choice as SenderChoice.Chosen)?.Sender.Address, choice.Reason, choice.Steps(MaxNamed));
}
