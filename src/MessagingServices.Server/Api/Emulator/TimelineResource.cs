using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Everything that happened to a message.</summary>
internal sealed record TimelineResource
{
    /// <summary>The SID of the message.</summary>
    public required Sid MessageSid { get; init; }

    /// <summary>Every status that it has had, oldest first.</summary>
    public required IReadOnlyList<StatusChangeResource> Statuses { get; init; }

    /// <summary>How its sender was selected; null when no Messaging Service has selected one.</summary>
    public required SenderSelectionResource? SenderSelection { get; init; }

    /// <summary>The webhooks about it, in the order in which they were enqueued.</summary>
    public required IReadOnlyList<WebhookResource> Webhooks { get; init; }

    /// <summary>The resource of a message's story.</summary>
    internal static TimelineResource Of(MessageTimeline timeline) => new()
    {
        MessageSid = timeline.Message.Sid,
        Statuses = [.. timeline.Message.StatusChanges.Select(StatusChangeResource.Of)],
        SenderSelection = timeline.Selection is { } selection ? SenderSelectionResource.Of(selection) : null,
        Webhooks = [.. timeline.Webhooks.Select(WebhookResource.Of)],
    };
}

/// <summary>One step of a message's life.</summary>
internal sealed record StatusChangeResource
{
    /// <summary>The status reached.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>When, on the emulator's clock; ISO 8601 in milliseconds.</summary>
    public required PreciseDate Date { get; init; }

    /// <summary>Why, for a failed or undelivered message.</summary>
    public required int? ErrorCode { get; init; }

    internal static StatusChangeResource Of(StatusChange change) =>
        new() { Status = change.Status, Date = new(change.Date), ErrorCode = change.ErrorCode };
}
