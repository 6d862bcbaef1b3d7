namespace MessagingServices.Domain.Selection;

/// <summary>What one rule of sender selection did. Rules that have nothing to say about a message leave no step.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">The decision in one sentence, for people.</param>
/// <param name="Kept">The addresses that passed.</param>
/// <param name="Removed">Those that did not, each with the reason.</param>
public sealed record SelectionStep(string Rule, string Reason, IReadOnlyList<string> Kept, IReadOnlyList<RemovedSender> Removed)
{
    /// <summary>How many senders passed, also where <see cref="Kept"/> names only the first.</summary>
    public int KeptCount { get; init; } = Kept.Count;

    /// <summary>How many did not, also where <see cref="Removed"/> names only the first.</summary>
    public int RemovedCount { get; init; } = Removed.Count;

    /// <summary>What the operator should know besides; null when there is nothing.</summary>
    public string? Warning { get; init; }
}

/// <summary>A sender that a rule took out.</summary>
/// <param name="Sender">Its address.</param>
/// <param name="Why">The reason, for people.</param>
public sealed record RemovedSender(string Sender, string Why);
