using System.Collections.Concurrent;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Finds the rule that applies to a request, and counts it. Rules are kept in memory until the account has other ones;
/// what they count is in the database alone, so that servers count together and a crash loses nothing.
/// </summary>
internal sealed class RequestRules(IDbContextFactory<MessagingDb> databases, EventBus events)
{
    private const int MaxAccounts = 1_000;

    private readonly ConcurrentDictionary<Sid, CachedRules> cache = new();

    /// <summary>Whether the account has rules. It needs no query.</summary>
    public static bool Has(CachedAccount account) => account.RequestRules.Count > 0;

    /// <summary>
    /// Finds the newest rule that applies, and counts the request for all that match. Null when none applies.
    /// </summary>
    public async ValueTask<RequestRule?> TakeAsync(
        CachedAccount account, ApiRequest request, CancellationToken cancellation)
    {
        var all = await ReadAsync(account).WaitAsync(cancellation);
        List<RequestRule> matching = [.. all.Where(rule => rule.Matches(request))];
        if (!matching.Exists(rule => rule.IsCounted)) return matching.FirstOrDefault();
        return await CountAsync(account.Sid, matching, request, cancellation);
    }

    private Task<IReadOnlyList<RequestRule>> ReadAsync(CachedAccount account)
    {
        if (cache.TryGetValue(account.Sid, out var cached) && cached.Version == account.RequestRules
            && !cached.Reading.IsFaulted) return cached.Reading;
        if (cache.Count >= MaxAccounts) cache.Clear();
        var reading = ReadAsync(account.Sid);
        cache[account.Sid] = new(account.RequestRules, reading);
        return reading;
    }

    private async Task<IReadOnlyList<RequestRule>> ReadAsync(Sid account)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.RequestRules.AsNoTracking().Where(rule => rule.AccountSid == account)
            .OrderByDescending(rule => rule.Ordinal).ToListAsync();
    }

    /// <summary>
    /// The transaction locks the rules, so requests are counted one after the other, on any number of servers.
    /// </summary>
    private async Task<RequestRule?> CountAsync(
        Sid account, List<RequestRule> matching, ApiRequest request, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var counting = matching.Where(rule => rule.IsCounted).ToList();
        var counts = (await ReadCountsAsync(db, counting, request, cancellation)).ToDictionary(count => count.Sid);
        var applied = matching.Find(rule => !rule.IsCounted
            || (counts.TryGetValue(rule.Sid.Value, out var count) && count.Applies(rule, rule.SubjectOf(request))));
        if (applied?.Times is not null)
        {
            await db.Database.ExecuteSqlAsync(
                $"UPDATE request_rules SET times_used = times_used + 1 WHERE sid = {applied.Sid.Value}", cancellation);
        }

        await transaction.CommitAsync(cancellation);
        if (applied?.Times is not null) events.Publish(EventTypes.RuleUpdated, account, applied.Sid.Value);
        return applied;
    }

    /// <summary>
    /// Locks the rules that are still there, and counts the request for those with a percentage that are not used up.
    /// </summary>
    private static Task<List<Counts>> ReadCountsAsync(
        MessagingDb db, List<RequestRule> rules, ApiRequest request, CancellationToken cancellation)
    {
        var sids = rules.Select(rule => rule.Sid).Values();
        string[] subjects = [.. rules.Select(rule => rule.SubjectOf(request))];
        return db.Database.SqlQuery<Counts>(
            $"""
             WITH locked AS MATERIALIZED (
                 SELECT sid, times, times_used, percent FROM request_rules WHERE sid = ANY ({sids})
                 ORDER BY sid FOR NO KEY UPDATE
             ), counted AS (
                 INSERT INTO request_rule_draws AS draw (rule_sid, subject, number)
                 SELECT sid, subject, 1
                 FROM locked JOIN unnest({sids}, {subjects}) AS row (rule_sid, subject) ON row.rule_sid = sid
                 WHERE percent IS NOT NULL AND (times IS NULL OR times_used < times)
                 ON CONFLICT (rule_sid, subject) DO UPDATE SET number = draw.number + 1
                 RETURNING rule_sid, number
             )
             SELECT sid AS "Sid", times - times_used AS "Left", number AS "Number"
             FROM locked LEFT JOIN counted ON rule_sid = sid
             """).ToListAsync(cancellation);
    }

    private sealed record CachedRules(RulesVersion Version, Task<IReadOnlyList<RequestRule>> Reading);

    /// <summary>What the database has counted for a rule.</summary>
    /// <param name="Sid">The rule.</param>
    /// <param name="Left">How often it may still apply; null for always.</param>
    /// <param name="Number">The number of the request among those of its subject; null without a percentage.</param>
    private sealed record Counts(string Sid, int? Left, long? Number)
    {
        public bool Applies(RequestRule rule, string subject) =>
            Left is null or > 0 && (Number is not { } number || rule.Selects(subject, number));
    }
}
