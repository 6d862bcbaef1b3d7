using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Carriers;

/// <summary>
/// The carrier rules of some accounts, newest first. Of those that apply to a message, the newest that says something about an aspect
/// decides that aspect. Answers are pure: whoever acts on one records the rule with <see cref="MessageBatch.UseRule"/>.
/// </summary>
public sealed class CarrierRules(IEnumerable<CarrierRule> rules)
{
    /// <summary>The most rules of one account: each is compared with each of its messages.</summary>
    public const int MostOfAccount = 1000;

    private readonly ILookup<Sid, CarrierRule> ofAccounts = rules.OrderByDescending(rule => rule.Ordinal).ToLookup(rule => rule.AccountSid);

    /// <summary>
    /// Reads the rules of an account, locking nothing: to answer what would happen now, as a dry run does. A rule with
    /// <see cref="CarrierRule.Times"/> may be used up by others a moment later.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="handset">The number of the recipient that it is asked for.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task<CarrierRules> ReadAsync(MessagingDb db, Sid account, string handset, CancellationToken cancellation)
    {
        var rules = await db.CarrierRules.AsNoTracking().Where(rule => rule.AccountSid == account).ToListAsync(cancellation);
        await RecallAsync(db, rules, [], [handset], cancellation);
        return new(rules);
    }

    /// <summary>
    /// Reads the rules for messages that are decided on in this transaction, in one query. Rules that still count are locked until it ends,
    /// so that no two servers use one more often than it says. Lock queue, messages and Messaging Services first.
    /// </summary>
    public static async Task<CarrierRules> LockAsync(
        MessagingDb db, IReadOnlyCollection<Message> messages, CancellationToken cancellation)
    {
        var rules = await db.LockCarrierRulesAsync(messages, cancellation);
        await RecallAsync(db, rules, messages.Select(message => message.Sid), messages.Select(message => CarriedMessage.Of(message).Handset), cancellation);
        return new(rules);
    }

    /// <summary>The rules that draw which messages they apply to, and match this one.</summary>
    public IEnumerable<CarrierRule> Drawing(CarriedMessage message) =>
        ofAccounts[message.AccountSid].Where(rule => rule.Percent is not null && rule.Matches(message));

    /// <summary>The same of those that tell whether the handset takes RCS messages from a sender.</summary>
    /// <inheritdoc cref="RcsRule"/>
    public IEnumerable<CarrierRule> DrawingForRcs(Sid account, string to, string rcsSender, string body) =>
        Drawing(new(default, account, to, rcsSender, body, HasMedia: false)).Where(rule => rule.SupportsRcs is not null);

    /// <summary>The same of those that tell whether the recipient's carrier takes an MMS.</summary>
    public IEnumerable<CarrierRule> DrawingForMms(CarriedMessage mms) => Drawing(mms).Where(rule => rule.SupportsMms is not null);

    /// <summary>The rules that apply to a message, newest first.</summary>
    public IEnumerable<CarrierRule> ApplyingTo(CarriedMessage message) =>
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
    public CarrierRule? MmsRule(CarriedMessage mms) => ApplyingTo(mms).FirstOrDefault(rule => rule.SupportsMms is not null);

    private static async Task RecallAsync(
        MessagingDb db, List<CarrierRule> rules, IEnumerable<Sid> messages, IEnumerable<string> handsets, CancellationToken cancellation)
    {
        var drawing = rules.Where(rule => rule.Percent is not null).ToDictionary(rule => rule.Sid);
        if (drawing.Count == 0) return;
        foreach (var draws in (await db.ReadDrawsAsync(drawing.Keys, messages, handsets.Distinct(), cancellation)).GroupBy(draw => draw.RuleSid))
            drawing[draws.Key].Recall(draws);
    }
}
