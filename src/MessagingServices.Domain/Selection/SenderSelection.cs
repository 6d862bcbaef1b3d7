namespace MessagingServices.Domain.Selection;

/// <summary>
/// The stored record of a sender selection. Many messages of an account share one, because few selections differ.
/// </summary>
/// <param name="AccountSid">The account of the messages.</param>
/// <param name="Chosen">The address in <c>from</c>; null if no sender was usable.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Steps">The outcome of each rule. Each list has at most ten senders.</param>
public sealed record SenderSelection(
    Sid AccountSid, string? Chosen, string Reason, IReadOnlyList<SelectionStep> Steps)
{
    private const int MaxNamed = 10;

    /// <summary>A hash of the content; see <see cref="Messages.Message.SelectionId"/>.</summary>
    public Guid Id { get; init; }

    /// <summary>The last day on which a message got it, in real time.</summary>
    public DateOnly UsedOn { get; init; }

    /// <summary>
    /// The record of a message with an explicit sender or a deleted Messaging Service. No rule was evaluated.
    /// </summary>
    public static SenderSelection WithoutRules(Sid account, string? chosen, string reason) =>
        new(account, chosen, reason, []);

    public static SenderSelection Of(Sid account, SenderChoice choice) =>
        new(account, (choice as SenderChoice.Chosen)?.Sender.Address, choice.Reason, choice.Steps(MaxNamed));
}
