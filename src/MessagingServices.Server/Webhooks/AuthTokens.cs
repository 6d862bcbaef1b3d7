using System.Collections.Concurrent;
using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>The Auth Tokens that sign webhooks, each remembered for a second: a new one is used that soon.</summary>
public sealed class AuthTokens(IDbContextFactory<MessagingDb> databases, TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Sid, (string Token, long Read)> remembered = new();

    /// <summary>The tokens of the accounts; an account that does not exist is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<Sid, string>> OfAsync(IEnumerable<Sid> accounts, CancellationToken cancellation)
    {
        Dictionary<Sid, string> tokens = [];
        List<Sid> unknown = [];
        foreach (var account in accounts.Distinct())
        {
            if (remembered.TryGetValue(account, out var known) && time.GetElapsedTime(known.Read) < Memory) tokens[account] = known.Token;
            else unknown.Add(account);
        }

        if (unknown.Count == 0) return tokens;
        if (remembered.Count > MostRemembered) remembered.Clear();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var read = time.GetTimestamp();
        var found = await db.Accounts.Where(account => unknown.Contains(account.Sid))
            .Select(account => new { account.Sid, account.AuthToken }).ToListAsync(cancellation);
        foreach (var account in found)
        {
            remembered[account.Sid] = (account.AuthToken, read);
            tokens[account.Sid] = account.AuthToken;
        }

        return tokens;
    }
}
