namespace MessagingServices.Domain.Selection;

/// <summary>The stored record of a sender selection.</summary>
/// <param name="Chosen">The address in <c>from</c>; null if no sender was usable.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Steps">The outcome of each rule. Each list has at most ten senders.</param>
public sealed record SenderSelection(Sid MessageSid, string? Chosen, string Reason, IReadOnlyList<SelectionStep> Steps)
{
    private const int MaxNamed = 10;

    /// <summary>
    /// The record of a message with an explicit sender or a deleted Messaging Service. No rule was evaluated.
    /// </summary>
    public static SenderSelection WithoutRules(Sid messageSid, string? chosen, string reason) =>
        new(messageSid, chosen, reason, []);

    public static SenderSelection Of(Sid messageSid, SenderChoice choice) =>
        new(messageSid, (choice as SenderChoice.Chosen)?.Sender.Address, choice.Reason, choice.Steps(MaxNamed));
}
