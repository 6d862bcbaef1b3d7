namespace MessagingServices.Domain.Carriers;

/// <summary>The use of a rule by a message. A message counts once, however many stages evaluate the rule.</summary>
/// <param name="MessageSid">The message. It may have been removed.</param>
public sealed record CarrierRuleUse(Sid RuleSid, Sid MessageSid);
