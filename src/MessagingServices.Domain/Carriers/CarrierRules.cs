namespace MessagingServices.Domain.Carriers;

/// <summary>
/// The carrier rules of some accounts, newest first. The newest rule that applies and has a setting decides that
/// setting. Methods here change nothing: the caller must record that a message used a rule.
/// </summary>
public sealed class CarrierRules(IEnumerable<CarrierRule> rules)
{
    private readonly ILookup<Sid, CarrierRule> ofAccounts =
        rules.OrderByDescending(rule => rule.Ordinal).ToLookup(rule => rule.AccountSid);

    /// <summary>
    /// The rules with a percentage that match the message. The caller must assign samples before it evaluates them.
    /// </summary>
    public IEnumerable<CarrierRule> SampledRules(CarrierMessage message) =>
        ofAccounts[message.AccountSid].Where(rule => rule.Percent is not null && rule.Matches(message));

    /// <summary>Like <see cref="SampledRules"/>, for the rules that set whether a handset supports RCS.</summary>
    /// <inheritdoc cref="RcsRule"/>
    public IEnumerable<CarrierRule> SampledRulesForRcs(Sid account, string to, string rcsSender, string body) =>
        SampledRules(new(default, account, to, rcsSender, body, HasMedia: false))
            .Where(rule => rule.SupportsRcs is not null);

    /// <summary>Like <see cref="SampledRules"/>, for the rules that set whether a handset supports MMS.</summary>
    public IEnumerable<CarrierRule> SampledRulesForMms(CarrierMessage mms) =>
        SampledRules(mms).Where(rule => rule.SupportsMms is not null);

    /// <summary>The rules that apply to a message, newest first.</summary>
    public IEnumerable<CarrierRule> ApplyingTo(CarrierMessage message) =>
        ofAccounts[message.AccountSid].Where(rule => rule.AppliesTo(message));

    /// <summary>
    /// The rule that decides by its <see cref="CarrierRule.SupportsRcs"/> whether the handset supports RCS; null if no
    /// rule does. If the decision affects sender selection, the message uses the rule.
    /// </summary>
    /// <param name="rcsSender">The address of an RCS sender, with <c>rcs:</c>.</param>
    public CarrierRule? RcsRule(Sid account, string to, string rcsSender, string body) =>
        ApplyingTo(new(default, account, to, rcsSender, body, HasMedia: false))
            .FirstOrDefault(rule => rule.SupportsRcs is not null);

    /// <summary>
    /// Whether the handset supports MMS, and the rule that decides this by its <see cref="CarrierRule.SupportsMms"/>.
    /// Without such a rule the country decides. If the decision affects the message, the message uses the rule.
    /// </summary>
    public (bool IsSupported, CarrierRule? Rule) SupportOfMms(CarrierMessage mms)
    {
        var rule = ApplyingTo(mms).FirstOrDefault(rule => rule.SupportsMms is not null);
        return (rule?.SupportsMms ?? mms.IsInReachOfMms, rule);
    }
}
