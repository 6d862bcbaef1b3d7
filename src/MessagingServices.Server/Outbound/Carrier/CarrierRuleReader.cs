using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Reads carrier rules, with what they have drawn and counted.</summary>
internal static class CarrierRuleReader
{
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
        await RecallAsync(db, rules, messages.Select(message => message.Sid), messages.Select(message => CarrierMessage.Of(message).Handset), cancellation);
        return new(rules);
    }

    private static async Task RecallAsync(
        MessagingDb db, List<CarrierRule> rules, IEnumerable<Sid> messages, IEnumerable<string> handsets, CancellationToken cancellation)
    {
        var drawing = rules.Where(rule => rule.Percent is not null).ToDictionary(rule => rule.Sid);
        if (drawing.Count == 0) return;
        foreach (var draws in (await db.ReadDrawsAsync(drawing.Keys, messages, handsets.Distinct(), cancellation)).GroupBy(draw => draw.RuleSid))
            drawing[draws.Key].Load(draws);
    }
}
