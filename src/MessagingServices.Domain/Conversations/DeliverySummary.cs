using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Conversations;

/// <summary>The delivery of a conversation's message to all its recipients.</summary>
/// <param name="Total">The number of recipients, at least one.</param>
/// <param name="Sent">The share that the carrier accepted.</param>
/// <param name="Delivered">The share that was delivered to the handset.</param>
/// <param name="Read">The share that was read.</param>
/// <param name="Failed">The share that was not sent.</param>
/// <param name="Undelivered">The share that was sent and not delivered.</param>
public sealed record DeliverySummary(
    int Total, Share Sent, Share Delivered, Share Read, Share Failed, Share Undelivered)
{
    /// <summary>Counts the statuses; null without any.</summary>
    /// <param name="statuses">The status of each recipient's message.</param>
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

/// <summary>A share of the recipients.</summary>
public enum Share
{
    None,

    Some,

    All,
}
