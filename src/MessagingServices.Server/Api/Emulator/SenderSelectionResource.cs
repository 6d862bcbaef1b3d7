using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>How a sender was selected, rule by rule.</summary>
internal sealed record SenderSelectionResource
{
    /// <summary>The address in <c>from</c>; null when no sender could be used.</summary>
    public required string? Chosen { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>The result of each rule, in order.</summary>
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

/// <summary>The result of one rule.</summary>
internal sealed record SelectionStepResource
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The decision in one sentence, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>A warning for the operator; null when there is none.</summary>
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

/// <summary>The message to select a sender for.</summary>
internal sealed record PreviewSelectionForm
{
    /// <summary>The Messaging Service. Required.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>The recipient, written as for a message. Required.</summary>
    public string? To { get; init; }

    /// <summary>The text; carrier rules may look at it.</summary>
    public string? Body { get; init; }

    /// <summary>The URL of a media item; repeated for up to ten. With any, senders must carry media.</summary>
    public string[]? MediaUrl { get; init; }

    /// <summary>The sender for where RCS does not reach.</summary>
    public string? FallbackFrom { get; init; }

    /// <summary>The message that would be sent; the shape was checked.</summary>
    internal OutboundMessage ToOutboundMessage(Sid account) => new(default, account, To!, Body ?? "")
    {
        MessagingServiceSid = Sid.Parse(MessagingServiceSid!),
        FallbackFrom = string.IsNullOrEmpty(FallbackFrom) ? null : FallbackFrom,
        MediaUrls = [.. (MediaUrl ?? []).Where(url => url.Length > 0)],
    };
}

/// <summary>The rules, in the same order as for a message: first the missing parameters, then the wrong ones.</summary>
internal sealed class PreviewSelectionRules : AbstractValidator<PreviewSelectionForm>
{
    public PreviewSelectionRules()
    {
        RuleFor(form => form.To).Given().ToApiError(MessagingError.ToMissing);
        RuleFor(form => form.MessagingServiceSid).Required(nameof(PreviewSelectionForm.MessagingServiceSid));
        RuleFor(form => form.MessagingServiceSid).SidOf(SidPrefix.MessagingService)
            .ToApiError(MessagingError.MalformedService);
        RuleFor(form => form.Body).AtMost(OutboundMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.MediaUrl).AtMostItems(OutboundMessage.MaxMedia)
            .WithState(_ => MessagingError.TooManyMedia.ToApiError());
        RuleFor(form => form.MediaUrl).Urls().WithState(_ => MessagingError.InvalidMediaUrl.ToApiError());
    }
}
