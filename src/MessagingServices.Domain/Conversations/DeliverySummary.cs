using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Conversations;

/// <summary>How far a message of a conversation got with all participants that it went to.</summary>
/// <param name="Total">How many that are; at least one.</param>
/// <param name="Sent">Whether the carrier took it, for how many of them.</param>
/// <param name="Delivered">Whether it is on the handset.</param>
/// <param name="Read">Whether it was read.</param>
/// <param name="Failed">Whether it could not be sent.</param>
/// <param name="Undelivered">Whether it was sent, but did not arrive.</param>
public sealed record DeliverySummary(int Total, Share Sent, Share Delivered, Share Read, Share Failed, Share Undelivered)
{
    /// <summary>Sums up; null for a message that went to nobody.</summary>
    /// <param name="statuses">The status with each participant.</param>
    public static DeliverySummary? Of(IReadOnlyCollection<MessageStatus> statuses)
    {
        if (statuses.Count == 0) return null;
        return new(
            statuses.Count,
            Part(MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read, MessageStatus.Undelivered),
            Part(MessageStatus.Delivered, MessageStatus.Read),
            Part(MessageStatus.Read),
            Part(MessageStatus.Failed),
            Part(MessageStatus.Undelivered));

        Share Part(params MessageStatus[] counted)
        {
            var count = statuses.Count(status => counted.Contains(status));
            return count == 0 ? Share.None : count == statuses.Count ? Share.All : Share.Some;
        }
    }
}

/// <summary>For how many of the participants something holds.</summary>
public enum Share
{
    /// <summary>For nobody.</summary>
    None,

    /// <summary>For some.</summary>
    Some,

    /// <summary>For everybody.</summary>
    All,
}
