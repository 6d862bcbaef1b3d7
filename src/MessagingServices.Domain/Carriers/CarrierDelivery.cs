using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// A message that the simulated carrier is delivering: its next report and the plan for those after it. There is one
/// row for each message, so a message that is handed over twice is delivered once.
/// </summary>
public sealed class CarrierDelivery
{
    public Sid MessageSid { get; init; }

    public Sid AccountSid { get; init; }

    /// <summary>The status in the next report.</summary>
    public MessageStatus NextStatus { get; init; }

    /// <summary>The status in the last report.</summary>
    public MessageStatus FinalStatus { get; init; }

    /// <summary>The error code if the last report is failed or undelivered; null otherwise.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The time from one report to the next, in milliseconds.</summary>
    public int DelayMs { get; init; }

    /// <summary>The time of the next report, on the clock of the account.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>When that is in real time. Set when the row is written.</summary>
    public DateTimeOffset Wake { get; set; }

    /// <summary>The delivery of a message that the carrier received at <paramref name="date"/>.</summary>
    public static CarrierDelivery Of(Sid account, Sid message, CarrierPlan plan, DateTimeOffset date) => new()
    {
        MessageSid = message,
        AccountSid = account,
        NextStatus = plan.FirstStatus,
        FinalStatus = plan.FinalStatus,
        ErrorCode = plan.ErrorCode,
        DelayMs = plan.DelayMs,
        Due = date.AddMilliseconds(plan.FirstDelayMs),
    };

    /// <summary>The delivery of a message that has had some of its reports; null after the last one.</summary>
    /// <param name="plan">The plan that was made when the carrier received the message.</param>
    public static CarrierDelivery? Resume(Message message, CarrierPlan plan)
    {
        if (message.StatusChanges.FirstOrDefault(change => change.Status == MessageStatus.Sending) is not { } handover)
            return null;
        var delivery = Of(message.AccountSid, message.Sid, plan, handover.Date);
        while (delivery is not null && message.StatusChanges.Any(change => change.Status == delivery.NextStatus))
            delivery = delivery.Next();
        return delivery;
    }

    /// <summary>
    /// The delivery after its next report; null after the last report. The carrier does not wait until a report is
    /// processed: each report is due <see cref="DelayMs"/> after the due time of the one before it.
    /// </summary>
    public CarrierDelivery? Next() => NextStatus == FinalStatus ? null : new()
    {
        MessageSid = MessageSid,
        AccountSid = AccountSid,
        // A message is reported as delivered before it is reported as read.
        NextStatus = (NextStatus, FinalStatus) is (MessageStatus.Sent, MessageStatus.Read)
            ? MessageStatus.Delivered
            : FinalStatus,
        FinalStatus = FinalStatus,
        ErrorCode = ErrorCode,
        DelayMs = DelayMs,
        Due = Due.AddMilliseconds(DelayMs),
    };
}
