using MessagingServices.Domain.Rules;

namespace MessagingServices.Domain.Webhooks;

/// <summary>How often a rule with a percentage has matched webhooks of one handset.</summary>
/// <param name="RuleSid">The rule.</param>
/// <param name="Recipient">The handset: <see cref="WebhookSubject.Handset"/>.</param>
/// <param name="Matches">The number of matches so far.</param>
public sealed record WebhookRuleMatches(Sid RuleSid, string Recipient, long Matches);

/// <summary>
/// The webhook rules of some accounts with the counts of their matches. The newest rule that applies decides. Every
/// webhook is to be decided once.
/// </summary>
public sealed class WebhookRules(IEnumerable<WebhookRule> rules, IEnumerable<WebhookRuleMatches> counted)
{
    private readonly ILookup<Sid, WebhookRule> ofAccounts =
        rules.OrderByDescending(rule => rule.Ordinal).ToLookup(rule => rule.AccountSid);

    private readonly Dictionary<(Sid Rule, string Recipient), long> matches =
        counted.ToDictionary(count => (count.RuleSid, count.Recipient), count => count.Matches);

    private readonly HashSet<(Sid Rule, string Recipient)> changed = [];
    private readonly Dictionary<Sid, int> uses = [];

    /// <summary>The counts of matches that have changed.</summary>
    public IReadOnlyList<WebhookRuleMatches> ChangedMatches =>
        [.. changed.Select(key => new WebhookRuleMatches(key.Rule, key.Recipient, matches[key]))];

    /// <summary>How often each rule was applied here; only rules that were.</summary>
    public IReadOnlyDictionary<Sid, int> Uses => uses;

    /// <summary>The rules that were applied here, with their accounts.</summary>
    public IEnumerable<(Sid Account, Sid Rule)> Used =>
        ofAccounts.SelectMany(rules => rules).Where(rule => uses.ContainsKey(rule.Sid))
            .Select(rule => (rule.AccountSid, rule.Sid));

    /// <summary>
    /// Decides on a webhook, and counts: as a match for each rule with a percentage that matches it and is not used up,
    /// and as a use for the rule that decides.
    /// </summary>
    /// <returns>
    /// The fault; null if no rule applies, or if the one that decides has no effect on this webhook.
    /// </returns>
    public WebhookFault? Decide(WebhookSubject webhook)
    {
        WebhookRule? deciding = null;
        foreach (var rule in ofAccounts[webhook.AccountSid])
        {
            if (!rule.IsLeft || !rule.Matches(webhook)) continue;
            var applies = rule.Percent is null || rule.Selects(webhook.Handset, Count(rule, webhook.Handset));
            if (applies) deciding ??= rule;
        }

        if (deciding?.FaultFor(webhook) is not { } fault) return null;
        deciding.Use();
        uses[deciding.Sid] = uses.GetValueOrDefault(deciding.Sid) + 1;
        return fault;
    }

    private long Count(FaultRule rule, string handset)
    {
        var key = (rule.Sid, handset);
        changed.Add(key);
        return matches[key] = matches.GetValueOrDefault(key) + 1;
    }
}
