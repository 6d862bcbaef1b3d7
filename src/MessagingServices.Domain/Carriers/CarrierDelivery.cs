using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// A message that the simulated carrier has on its way: the next report it will make, and the plan for those that follow. The row is the
/// carrier's memory: a message handed over twice is on its way once.
/// </summary>
public sealed class CarrierDelivery
{
    /// <summary>The message.</summary>
    public Sid MessageSid { get; init; }

    /// <summary>What the next report says.</summary>
    public MessageStatus NextStatus { get; init; }

    /// <summary>What the last report says.</summary>
    public MessageStatus FinalStatus { get; init; }

    /// <summary>Why, when the last report is of a failed or undelivered message; null otherwise.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>From each report to the one after it, in milliseconds.</summary>
    public int DelayMs { get; init; }

    /// <summary>When the next report is made, on the emulator's clock.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>What is on its way of a message that was handed over at <paramref name="date"/>.</summary>
    public static CarrierDelivery Of(Sid message, DeliveryPlan treatment, DateTimeOffset date) => new()
    {
        MessageSid = message,
        NextStatus = treatment.FirstStatus,
        FinalStatus = treatment.FinalStatus,
        ErrorCode = treatment.ErrorCode,
        DelayMs = treatment.DelayMs,
        Due = date.AddMilliseconds(treatment.FirstDelayMs),
    };

    /// <summary>
    /// What is on its way after the next report; null when that was the last. The carrier does not wait for a report to be noticed: the one
    /// after it is due by the time at which it was made.
    /// </summary>
    public CarrierDelivery? Next() => NextStatus == FinalStatus ? null : new()
    {
        MessageSid = MessageSid,
        // What is read was delivered before.
        NextStatus = (NextStatus, FinalStatus) is (MessageStatus.Sent, MessageStatus.Read) ? MessageStatus.Delivered : FinalStatus,
        FinalStatus = FinalStatus,
        ErrorCode = ErrorCode,
        DelayMs = DelayMs,
        Due = Due.AddMilliseconds(DelayMs),
    };
}
