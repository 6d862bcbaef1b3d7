
namespace MessagingServices.Domain.Carriers;

/// <summary>That a rule has decided something for a message: so it counts once, however many stages ask.</summary>
/// <param name="RuleSid">The rule.</param>
/// <param name="MessageSid">The message, which may be removed by now.</param>
public sealed record CarrierRuleUse(Sid RuleSid, Sid MessageSid);
