namespace MessagingServices.Domain.Senders;

/// <summary>What one rule of sender selection did.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Kept">The addresses that passed.</param>
/// <param name="Removed">Those that did not, each with the reason.</param>
public sealed record SelectionStep(string Rule, IReadOnlyList<string> Kept, IReadOnlyList<RemovedSender> Removed)
{
    /// <summary>How many senders passed, also where <see cref="Kept"/> names only the first.</summary>
    public int KeptCount { get; init; } = Kept.Count;

    /// <summary>How many did not, also where <see cref="Removed"/> names only the first.</summary>
    public int RemovedCount { get; init; } = Removed.Count;

    /// <summary>The step with at most <paramref name="most"/> senders named in each list; the counts stay.</summary>
    public SelectionStep Shorten(int most) => this with
    {
        Kept = Kept.Count <= most ? Kept : [.. Kept.Take(most)],
        Removed = Removed.Count <= most ? Removed : [.. Removed.Take(most)],
        KeptCount = KeptCount,
        RemovedCount = RemovedCount,
    };
}

/// <summary>A sender that a rule took out.</summary>
/// <param name="Sender">Its address.</param>
/// <param name="Why">The reason, for people.</param>
public sealed record RemovedSender(string Sender, string Why);
