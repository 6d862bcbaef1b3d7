using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// The simulated carrier's plan for one message. It is made once, when the carrier receives the message.
/// </summary>
/// <param name="Reports">What the carrier reports.</param>
/// <param name="DecidedBy">The rules that decided any part of the plan. The message uses them.</param>
public sealed record DeliveryPlan(CarrierPlan Reports, IReadOnlyCollection<CarrierRule> DecidedBy)
{
    /// <summary>The plan for a message that the carrier rejects.</summary>
    /// <remarks>A message that is filtered (30007) is undelivered, because the carrier had taken it.</remarks>
    public static DeliveryPlan Reject(MessagingError error, CarrierDelays delays) =>
        new(
            new(
                error == MessagingError.Filtered ? MessageStatus.Undelivered : MessageStatus.Failed, error.Code,
                delays.SentMs, delays.DeliveredMs),
            []);

    /// <summary>
    /// Makes the plan from the rules. Without a rule, the message is delivered after the default delays; an MMS only in
    /// the countries of <see cref="Media.MediaRules.MmsReaches"/>. A message that the handset does not support is
    /// undelivered, whatever outcome a rule sets.
    /// </summary>
    public static DeliveryPlan Of(CarrierMessage message, CarrierRules rules, CarrierDelays delays)
    {
        var applying = rules.ApplyingTo(message).ToList();
        HashSet<CarrierRule> decidedBy = [];
        var delay = Deciding(rule => rule.DelayMs is not null)?.DelayMs;
        var (status, errorCode) = Unsupported() is { } error
            ? (MessageStatus.Undelivered, error.Code)
            : End(Deciding(rule => rule.Outcome is not null));
        return new(new(status, errorCode, delay ?? delays.SentMs, delay ?? delays.DeliveredMs), decidedBy);

        MessagingError? Unsupported() => message.Channel switch
        {
            Channel.WhatsApp => Deciding(rule => rule.SupportsWhatsApp is not null) is { SupportsWhatsApp: false }
                ? MessagingError.NoWhatsAppRecipient : null,
            Channel.Rcs => Deciding(rule => rule.SupportsRcs is not null) is { SupportsRcs: false }
                ? MessagingError.NoRcsRecipient : null,
            Channel.Sms when message.HasMedia =>
                Deciding(rule => rule.SupportsMms is not null)?.SupportsMms ?? message.IsInReachOfMms
                ? null : MessagingError.MmsNotSupported,
            Channel.Sms => null,
        };

        (MessageStatus, int?) End(CarrierRule? rule) => (rule?.Outcome ?? CarrierOutcome.Delivered) switch
        {
            CarrierOutcome.Delivered => (MessageStatus.Delivered, null),
            CarrierOutcome.Undelivered =>
                (MessageStatus.Undelivered, rule?.ErrorCode ?? MessagingError.UnknownFailure.Code),
            CarrierOutcome.Failed => (MessageStatus.Failed, rule?.ErrorCode ?? MessagingError.UnknownFailure.Code),
            CarrierOutcome.Sent => (MessageStatus.Sent, null),
            CarrierOutcome.Read =>
                (message.Channel == Channel.Sms ? MessageStatus.Delivered : MessageStatus.Read, null),
        };

        CarrierRule? Deciding(Predicate<CarrierRule> decides)
        {
            var rule = applying.Find(decides);
            if (rule is not null) decidedBy.Add(rule);
            return rule;
        }
    }
}

/// <summary>The default delays of the carrier.</summary>
/// <param name="SentMs">The time from the handoff to the report <c>sent</c>, in milliseconds.</param>
/// <param name="DeliveredMs">The time from <c>sent</c> to <c>delivered</c>, in milliseconds.</param>
public readonly record struct CarrierDelays(int SentMs, int DeliveredMs)
{
    /// <summary>The plan for a message that no rule applies to: it is delivered after these delays.</summary>
    public CarrierPlan DefaultPlan => new(MessageStatus.Delivered, null, SentMs, DeliveredMs);
}
