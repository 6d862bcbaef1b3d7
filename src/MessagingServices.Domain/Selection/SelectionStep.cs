namespace MessagingServices.Domain.Selection;

/// <summary>
/// The outcome of one rule of sender selection. A rule that does not apply to a message leaves no step.
/// </summary>
/// <param name="Rule">The rule's name. It is part of the API.</param>
/// <param name="Reason">The decision in one sentence.</param>
/// <param name="Kept">The addresses of the kept senders.</param>
/// <param name="Removed">The removed senders with the reasons.</param>
public sealed record SelectionStep(
    string Rule, string Reason, IReadOnlyList<string> Kept, IReadOnlyList<RemovedSender> Removed)
{
    /// <summary>The number of kept senders. <see cref="Kept"/> may contain only the first ones.</summary>
    public int KeptCount { get; init; } = Kept.Count;

    /// <summary>The number of removed senders. <see cref="Removed"/> may contain only the first ones.</summary>
    public int RemovedCount { get; init; } = Removed.Count;

    /// <summary>A warning for the operator; null for none.</summary>
    public string? Warning { get; init; }
}

/// <summary>A sender that a rule removed.</summary>
/// <param name="Why">The reason in words.</param>
public sealed record RemovedSender(string Sender, string Why);
