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
    /// Reads the rules of accounts in one query, locking nothing: to answer what would happen now, as a dry run does. A rule with
    /// <see cref="CarrierRule.Times"/> may be used up by others a moment later.
    /// </summary>
    public static async Task<CarrierRules> ReadAsync(MessagingDb db, IEnumerable<Sid> accounts, CancellationToken cancellation)
    {
        var sids = accounts.Distinct().ToList();
        return new(await db.CarrierRules.AsNoTracking().Where(rule => sids.Contains(rule.AccountSid)).ToListAsync(cancellation));
    }

    /// <summary>
    /// Reads the rules for messages that are decided on in this transaction, in one query. Rules that still count are locked until it ends,
    /// so that no two servers use one more often than it says. Lock queue, messages and Messaging Services first.
    /// </summary>
    public static async Task<CarrierRules> LockAsync(
        MessagingDb db, IReadOnlyCollection<Message> messages, CancellationToken cancellation) =>
        new(await db.LockCarrierRulesAsync(messages, cancellation));

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
}
