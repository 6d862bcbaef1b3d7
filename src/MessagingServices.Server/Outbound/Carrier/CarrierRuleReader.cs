using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Reads carrier rules with their samples and uses.</summary>
internal static class CarrierRuleReader
{
    /// <summary>
    /// Reads the rules of an account without locks, for a dry run. Other messages may use up a rule with
    /// <see cref="FaultRule.Times"/> immediately afterwards.
    /// </summary>
    /// <param name="handset">The recipient's number, in E.164.</param>
    public static async Task<CarrierRules> ReadAsync(
        MessagingDb db, Sid account, string handset, CancellationToken cancellation)
    {
        var rules = await db.CarrierRules.AsNoTracking().Where(rule => rule.AccountSid == account)
            .ToListAsync(cancellation);
        await LoadSamplesAsync(db, rules, [], [handset], cancellation);
        return new(rules);
    }

    /// <summary>
    /// Reads the rules for the messages of this transaction, in one query. Rules that still count uses or samples are
    /// locked until the transaction ends. So two servers together never use a rule more often than
    /// <see cref="FaultRule.Times"/>. Lock queue entries, messages and Messaging Services first.
    /// </summary>
    public static async Task<CarrierRules> LockAsync(
        MessagingDb db, IReadOnlyCollection<Message> messages, CancellationToken cancellation)
    {
        var rules = await db.LockCarrierRulesAsync(messages, cancellation);
        var handsets = messages.Select(message => CarrierMessage.Of(message).Handset);
        await LoadSamplesAsync(db, rules, messages.Select(message => message.Sid), handsets, cancellation);
        return new(rules);
    }

    private static async Task LoadSamplesAsync(
        MessagingDb db, List<CarrierRule> rules, IEnumerable<Sid> messages, IEnumerable<string> handsets,
        CancellationToken cancellation)
    {
        var sampled = rules.Where(rule => rule.Percent is not null).ToDictionary(rule => rule.Sid);
        if (sampled.Count == 0) return;
        var samples = await db.ReadSamplesAsync(sampled.Keys, messages, handsets.Distinct(), cancellation);
        foreach (var ofRule in samples.GroupBy(sample => sample.RuleSid)) sampled[ofRule.Key].Load(ofRule);
    }
}
