namespace MessagingServices.Domain.Carriers;

/// <summary>
/// A message's sample number for a rule with a percentage. It makes the result equal each time the rule is evaluated.
/// </summary>
/// <param name="MessageSid">The message. It may have been removed.</param>
/// <param name="Recipient">The recipient's number, without a channel prefix.</param>
/// <param name="Number">The count of messages to this recipient that the rule has matched, from 1.</param>
public sealed record CarrierRuleSample(Sid RuleSid, Sid MessageSid, string Recipient, long Number);
