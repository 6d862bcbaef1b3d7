using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Applies the carrier's reports to messages: <c>sent</c>, <c>delivered</c> and so on.</summary>
internal sealed class CarrierReports(PriceList prices, EmulatorClock clock)
{
    /// <summary>Applies those reports of a delivery that are due.</summary>
    /// <param name="delivery">The delivery with its next report.</param>
    /// <param name="message">The message; null when it was removed.</param>
    /// <param name="batch">The transaction's batch.</param>
    /// <param name="now">The account's time; a later report is not due.</param>
    /// <returns>The delivery with a report that is not due; null when there are no more reports.</returns>
    public CarrierDelivery? Apply(CarrierDelivery delivery, Message? message, WriteBatch batch, DateTimeOffset now)
    {
        for (CarrierDelivery? report = delivery; ; report = report.Next())
        {
            // The message may have been deleted or reset since it was submitted.
            if (report is null || message is null || !MessageStatuses.Next[message.Status].Contains(report.NextStatus))
                return null;
            if (report.Due > now) return report;
            Move(report, message, batch);
        }
    }

    private void Move(CarrierDelivery report, Message message, WriteBatch batch)
    {
        var was = message.Status;
        var date = clock.EffectiveTime(message.AccountSid, report.Due);
        // A report due within a jump of the clock may follow a report from before the jump.
        if (date < message.DateUpdated) date = message.DateUpdated;
        if (report.NextStatus == MessageStatus.Sent) message.Charge(prices.Of(message));
        var errorCode = report.NextStatus == report.FinalStatus ? report.ErrorCode : null;
        batch.Move(message, was, message.TransitionTo(report.NextStatus, date, errorCode));
    }
}
