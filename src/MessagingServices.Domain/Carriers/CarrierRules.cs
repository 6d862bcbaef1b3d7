
namespace MessagingServices.Domain.Carriers;

/// <summary>
/// The carrier rules of some accounts, newest first. Of those that apply to a message, the newest that says something about an aspect
/// decides that aspect. The answers change nothing: the caller that acts on one records that the message used the rule.
/// </summary>
public sealed class CarrierRules(IEnumerable<CarrierRule> rules)
{
    /// <summary>The most rules of one account: each is compared with each of its messages.</summary>
    public const int MaxPerAccount = 1000;

    private readonly ILookup<Sid, CarrierRule> ofAccounts = rules.OrderByDescending(rule => rule.Ordinal).ToLookup(rule => rule.AccountSid);

    /// <summary>The rules that draw which messages they apply to, and match this one.</summary>
    public IEnumerable<CarrierRule> Drawing(CarrierMessage message) =>
        ofAccounts[message.AccountSid].Where(rule => rule.Percent is not null && rule.Matches(message));

    /// <summary>The same of those that tell whether the handset takes RCS messages from a sender.</summary>
    /// <inheritdoc cref="RcsRule"/>
    public IEnumerable<CarrierRule> DrawingForRcs(Sid account, string to, string rcsSender, string body) =>
        Drawing(new(default, account, to, rcsSender, body, HasMedia: false)).Where(rule => rule.SupportsRcs is not null);

    /// <summary>The same of those that tell whether the recipient's carrier takes an MMS.</summary>
    public IEnumerable<CarrierRule> DrawingForMms(CarrierMessage mms) => Drawing(mms).Where(rule => rule.SupportsMms is not null);

    /// <summary>The rules that apply to a message, newest first.</summary>
    public IEnumerable<CarrierRule> ApplyingTo(CarrierMessage message) =>
        ofAccounts[message.AccountSid].Where(rule => rule.AppliesTo(message));

    /// <summary>
    /// The rule that decides, by its <see cref="CarrierRule.SupportsRcs"/>, whether the handset takes RCS messages from a sender; null when
    /// no rule does. A message whose sender is selected by the answer, whichever it is, uses the rule.
    /// </summary>
    /// <param name="account">Whose message it is.</param>
    /// <param name="to">The recipient's address.</param>
    /// <param name="rcsSender">The address of an RCS sender, with <c>rcs:</c>.</param>
    /// <param name="body">The text.</param>
    public CarrierRule? RcsRule(Sid account, string to, string rcsSender, string body) =>
        ApplyingTo(new(default, account, to, rcsSender, body, HasMedia: false)).FirstOrDefault(rule => rule.SupportsRcs is not null);

    /// <summary>
    /// The rule that decides, by its <see cref="CarrierRule.SupportsMms"/>, whether the recipient's carrier takes an MMS; null when no rule does. A
    /// message that goes by the answer, whichever it is, uses the rule.
    /// </summary>
    public CarrierRule? MmsRule(CarrierMessage mms) => ApplyingTo(mms).FirstOrDefault(rule => rule.SupportsMms is not null);
}
