namespace MessagingServices.Domain.Messages;

/// <summary>What the simulated carrier will report on a message.</summary>
/// <param name="FinalStatus">The status in the last report.</param>
/// <param name="ErrorCode">The error code: set exactly for the statuses failed and undelivered.</param>
/// <param name="FirstDelayMs">The time from the handoff to the first report, in milliseconds.</param>
/// <param name="DelayMs">The time from each report to the next, in milliseconds.</param>
public sealed record CarrierPlan(MessageStatus FinalStatus, int? ErrorCode, int FirstDelayMs, int DelayMs)
{
    /// <summary>The status in the first report.</summary>
    public MessageStatus FirstStatus => FinalStatus == MessageStatus.Failed ? MessageStatus.Failed : MessageStatus.Sent;
}
