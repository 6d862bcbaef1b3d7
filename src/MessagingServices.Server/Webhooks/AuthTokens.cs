using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>The Auth Tokens that sign webhooks, from a <see cref="BriefMemory{TKey,TValue}"/>.</summary>
public sealed class AuthTokens(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly BriefMemory<Sid, string> memory = new(real);

    /// <summary>The tokens of the accounts; an account that does not exist is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<Sid, string>> OfAsync(IEnumerable<Sid> accounts, CancellationToken cancellation)
    {
        Dictionary<Sid, string> tokens = [];
        List<Sid> unknown = [];
        foreach (var account in accounts.Distinct())
        {
            if (memory.TryGet(account, out var token)) tokens[account] = token;
            else unknown.Add(account);
        }

        if (unknown.Count == 0) return tokens;
        var reading = memory.Begin();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await db.Accounts.Where(account => unknown.Contains(account.Sid))
            .Select(account => new { account.Sid, account.AuthToken }).ToListAsync(cancellation);
        foreach (var account in found)
        {
            memory.Remember(account.Sid, account.AuthToken, reading);
            tokens[account.Sid] = account.AuthToken;
        }

        return tokens;
    }
}
