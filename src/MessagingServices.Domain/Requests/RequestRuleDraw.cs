namespace MessagingServices.Domain.Requests;

/// <summary>How many requests of one kind a rule with a percentage has matched.</summary>
/// <param name="RuleSid">The rule.</param>
/// <param name="Subject">What the requests have in common: see <see cref="RequestRule.SubjectOf"/>.</param>
/// <param name="Number">The count of the matches.</param>
public sealed record RequestRuleDraw(Sid RuleSid, string Subject, long Number);
