namespace MessagingServices.Server.Api.Emulator;

/// <summary>How a sender was selected, rule by rule.</summary>
internal sealed record SenderSelectionResource
{
    /// <summary>The address as it stands in <c>from</c>; null when no sender could be used.</summary>
    public required string? Chosen { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>What each rule did, in order.</summary>
    public required IReadOnlyList<SelectionStepResource> Steps { get; init; }

    /// <summary>The resource of a choice that is not recorded, with every sender named.</summary>
    internal static SenderSelectionResource Of(SenderChoice choice) => new()
    {
        Chosen = (choice as SenderChoice.Chosen)?.Sender.Address,
        Reason = choice.Reason,
        Steps = [.. choice.Steps().Select(SelectionStepResource.Of)],
    };

    /// <summary>The resource of a record.</summary>
    public static SenderSelectionResource Of(SenderSelection selection) => new()
    {
        Chosen = selection.Chosen,
        Reason = selection.Reason,
        Steps = [.. selection.Steps.Select(SelectionStepResource.Of)],
    };
}

/// <summary>What one rule did.</summary>
internal sealed record SelectionStepResource
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The decision in one sentence, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>What the operator should know besides; null when there is nothing.</summary>
    public required string? Warning { get; init; }

    /// <summary>The addresses that passed; in a Timeline, of more than ten the first ten.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>How many passed.</summary>
    public required int KeptCount { get; init; }

    /// <summary>Those that did not, each with the reason; in a Timeline, of more than ten the first ten.</summary>
    public required IReadOnlyList<RemovedSender> Removed { get; init; }

    /// <summary>How many did not.</summary>
    public required int RemovedCount { get; init; }

    internal static SelectionStepResource Of(SelectionStep step) => new()
    {
        Rule = step.Rule,
        Reason = step.Reason,
        Warning = step.Warning,
        Kept = step.Kept,
        KeptCount = step.KeptCount,
        Removed = step.Removed,
        RemovedCount = step.RemovedCount,
    };
}

/// <summary>A selection that was only tried.</summary>
internal sealed record PreviewResource
{
    /// <summary>The sender, and why.</summary>
    public required SenderSelectionResource SenderSelection { get; init; }
}
