using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Carriers;

/// <summary>What the simulated carrier does with a message: decided once, when it is handed over.</summary>
/// <param name="FinalStatus">The last status that it reports.</param>
/// <param name="ErrorCode">Why; exactly for failed and undelivered messages.</param>
/// <param name="FirstDelayMs">From the hand-over to the first report, in milliseconds.</param>
/// <param name="DelayMs">From each report to the next, in milliseconds.</param>
/// <param name="DecidedBy">The rules that decided any of this; the message uses them.</param>
public sealed record DeliveryPlan(
    MessageStatus FinalStatus, int? ErrorCode, int FirstDelayMs, int DelayMs, IReadOnlyCollection<CarrierRule> DecidedBy)
{
    /// <summary>The first status that it reports.</summary>
    public MessageStatus FirstStatus => FinalStatus == MessageStatus.Failed ? MessageStatus.Failed : MessageStatus.Sent;

    /// <summary>The message is not taken at all.</summary>
    public static DeliveryPlan Refuse(MessagingError error, CarrierDelays delays) =>
        new(MessageStatus.Failed, error.Code, delays.SentMs, delays.DeliveredMs, []);

    /// <summary>
    /// Decides by the rules; without any the message is delivered after the carrier's usual delays. What the handset cannot take does not
    /// arrive, whatever outcome a rule says.
    /// </summary>
    public static DeliveryPlan Of(CarrierMessage message, CarrierRules rules, CarrierDelays delays)
    {
        var applying = rules.ApplyingTo(message).ToList();
        HashSet<CarrierRule> decidedBy = [];
        var delay = Deciding(rule => rule.DelayMs is not null)?.DelayMs;
        var (status, errorCode) = Refused() is { } error
            ? (MessageStatus.Undelivered, error.Code)
            : End(Deciding(rule => rule.Outcome is not null));
        return new(status, errorCode, delay ?? delays.SentMs, delay ?? delays.DeliveredMs, decidedBy);

        MessagingError? Refused() => message.Channel switch
        {
            Channel.WhatsApp => Deciding(rule => rule.SupportsWhatsApp is not null) is { SupportsWhatsApp: false }
                ? MessagingError.NoWhatsAppRecipient : null,
            Channel.Rcs => Deciding(rule => rule.SupportsRcs is not null) is { SupportsRcs: false }
                ? MessagingError.NoRcsRecipient : null,
            Channel.Sms when message.HasMedia => Deciding(rule => rule.SupportsMms is not null) is { SupportsMms: false }
                ? MessagingError.MmsNotSupported : null,
            Channel.Sms => null,
        };

        (MessageStatus, int?) End(CarrierRule? rule) => (rule?.Outcome ?? CarrierOutcome.Delivered) switch
        {
            CarrierOutcome.Delivered => (MessageStatus.Delivered, null),
            CarrierOutcome.Undelivered => (MessageStatus.Undelivered, rule?.ErrorCode ?? MessagingError.UnknownFailure.Code),
            CarrierOutcome.Failed => (MessageStatus.Failed, rule?.ErrorCode ?? MessagingError.UnknownFailure.Code),
            CarrierOutcome.Sent => (MessageStatus.Sent, null),
            CarrierOutcome.Read => (message.Channel == Channel.Sms ? MessageStatus.Delivered : MessageStatus.Read, null),
        };

        CarrierRule? Deciding(Predicate<CarrierRule> speaksOfIt)
        {
            var rule = applying.Find(speaksOfIt);
            if (rule is not null) decidedBy.Add(rule);
            return rule;
        }
    }
}

/// <summary>How long the carrier takes when no rule says otherwise.</summary>
/// <param name="SentMs">From the handoff to the report <c>sent</c>, in milliseconds.</param>
/// <param name="DeliveredMs">From <c>sent</c> to <c>delivered</c>, in milliseconds.</param>
public readonly record struct CarrierDelays(int SentMs, int DeliveredMs);
