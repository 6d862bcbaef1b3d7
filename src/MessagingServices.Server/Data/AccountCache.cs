using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches accounts and API keys in a <see cref="TtlCache{TKey,TValue}"/>. Callers authenticate with them, and the
/// server signs webhooks with the accounts' Auth Tokens. Every server notices a change within a second.
/// </summary>
internal sealed class AccountCache(
    IDbContextFactory<MessagingDb> databases, NpgsqlDataSource database, ClockStates clocks, TimeProvider real)
{
    /// <summary>Of all that <see cref="CachedAccount"/> has: rules are made and deleted, and used up.</summary>
    private const string Versions =
        """
        SELECT sid, concat(accounts.xmin, ' ', requests.version, ' ', webhooks.account_sid) FROM accounts
        LEFT JOIN (
            SELECT account_sid, concat(count(*), '/', sum(ordinal)) AS version FROM request_rules
            WHERE account_sid = ANY ($1) GROUP BY account_sid
        ) AS requests ON requests.account_sid = sid
        LEFT JOIN (
            SELECT DISTINCT account_sid FROM webhook_rules
            WHERE account_sid = ANY ($1) AND (times IS NULL OR times_used < times)
        ) AS webhooks ON webhooks.account_sid = sid
        WHERE sid = ANY ($1)
        """;

    private readonly TtlCache<Sid, CachedAccount> accounts = new(
        sids => ReadAccountsAsync(database, clocks, sids), real,
        readVersions: new RowVersions(database, Versions).ReadAsync);
    private readonly TtlCache<(Sid Owner, Sid Sid), CachedAccount> subaccounts = new(
        named => ReadSubaccountsAsync(database, clocks, named), real,
        readVersions: named => new RowVersions(database, Versions).ReadAsync(named, subaccount => subaccount.Sid));
    private readonly TtlCache<Sid, CachedKey> keys = new(
        sids => ReadKeysAsync(databases, sids), real, readVersions: RowVersions.Of(database, "api_keys").ReadAsync);

    /// <summary>Finds an account; null when no account has the SID.</summary>
    public ValueTask<CachedAccount?> FindAsync(Sid sid, CancellationToken cancellation) =>
        accounts.GetAsync(sid, cancellation);

    /// <summary>Finds accounts, with one read for all that are not cached; without those that do not exist.</summary>
    public ValueTask<IReadOnlyDictionary<Sid, CachedAccount>> FindAllAsync(
        IEnumerable<Sid> sids, CancellationToken cancellation) => accounts.GetAllAsync(sids, cancellation);

    /// <summary>
    /// Finds a subaccount of an account; null for any other SID. What is no subaccount of it costs the same, one read
    /// of the database, whether an account has the SID or not.
    /// </summary>
    public ValueTask<CachedAccount?> FindSubaccountAsync(Sid owner, Sid sid, CancellationToken cancellation) =>
        subaccounts.GetAsync((owner, sid), cancellation);

    /// <summary>Finds an API key; null when no key has the SID.</summary>
    public ValueTask<CachedKey?> FindKeyAsync(Sid sid, CancellationToken cancellation) =>
        keys.GetAsync(sid, cancellation);

    /// <summary>Finds an account in memory; null when that needs a read.</summary>
    public CachedAccount? FindCached(Sid sid) => accounts.FindCached(sid);

    /// <summary>Finds an API key in memory; null when that needs a read.</summary>
    public CachedKey? FindCachedKey(Sid sid) => keys.FindCached(sid);

    /// <summary>Reads an account from the database; null when no account has the SID.</summary>
    public async Task<CachedAccount?> ReadAsync(Sid sid) =>
        (await ReadAccountsAsync(database, clocks, [sid])).GetValueOrDefault(sid);

    /// <summary>Reads an API key from the database; null when no key has the SID.</summary>
    public async Task<CachedKey?> ReadKeyAsync(Sid sid) =>
        (await ReadKeysAsync(databases, [sid])).GetValueOrDefault(sid);

    /// <summary>Call this after the commit that changed or removed an account.</summary>
    public void Invalidate(Sid account)
    {
        accounts.Invalidate(account);
        subaccounts.InvalidateWhere((named, _) => named.Sid == account);
        keys.InvalidateWhere((_, key) => key is null || key.AccountSid == account);
    }

    /// <summary>Call this after the commit that changed or removed a key.</summary>
    public void InvalidateKey(Sid sid) => keys.Invalidate(sid);

    private static async Task<Dictionary<(Sid Owner, Sid Sid), CachedAccount>> ReadSubaccountsAsync(
        NpgsqlDataSource database, ClockStates clocks, IReadOnlyCollection<(Sid Owner, Sid Sid)> named)
    {
        var accounts = await ReadAccountsAsync(database, clocks, [.. named.Select(subaccount => subaccount.Sid)]);
        return named.Where(subaccount => accounts.GetValueOrDefault(subaccount.Sid)?.Owner == subaccount.Owner)
            .ToDictionary(subaccount => subaccount, subaccount => accounts[subaccount.Sid]);
    }

    private static async Task<Dictionary<Sid, CachedAccount>> ReadAccountsAsync(
        NpgsqlDataSource database, ClockStates clocks, IReadOnlyCollection<Sid> sids)
    {
        var stored = await database.ReadAccountsAsync(sids);
        // An account that another server has just created has its clock from the first request on.
        foreach (var clock in stored.Select(read => read.Clock).OfType<ClockState>()) clocks.Apply(clock);
        return stored.ToDictionary(read => read.Account.Sid, read => read.Account);
    }

    private static async Task<Dictionary<Sid, CachedKey>> ReadKeysAsync(
        IDbContextFactory<MessagingDb> databases, IReadOnlyCollection<Sid> sids)
    {
        await using var db = await databases.CreateDbContextAsync();
        var stored = await db.ApiKeys.Where(key => sids.Contains(key.Sid))
            .Select(key => new { key.Sid, key.AccountSid, key.SecretHash, key.Policy }).ToListAsync();
        return stored.ToDictionary(
            key => key.Sid, key => new CachedKey(key.AccountSid, key.SecretHash, key.Policy));
    }
}

/// <summary>The cached part of an account.</summary>
/// <param name="Sid">The account.</param>
/// <param name="AuthToken">The primary Auth Token.</param>
/// <param name="Owner">The parent of a subaccount; null for a main account.</param>
/// <param name="Status">Whether the account may be used.</param>
internal sealed record CachedAccount(Sid Sid, string AuthToken, Sid? Owner, AccountStatus Status)
{
    /// <summary>Whether it has webhook rules that are not used up.</summary>
    public bool HasWebhookRules { get; init; }

    /// <summary>The SHA-256 of the token.</summary>
    public byte[] TokenHash { get; } = ApiKey.Hash(AuthToken);

    /// <summary>Which request rules it has.</summary>
    public RulesVersion RequestRules { get; init; }

    /// <summary>
    /// Whether a token is the account's. Comparing hashes takes constant time for tokens of any length.
    /// </summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    public bool IsToken(byte[] hash) => CryptographicOperations.FixedTimeEquals(hash, TokenHash);
}

/// <summary>
/// The version of a set of rules that are made and deleted, and never changed. It is read with the account, so what has
/// no rules costs no query.
/// </summary>
/// <param name="Count">The number of rules.</param>
/// <param name="Ordinals">The sum of their ordinals.</param>
internal readonly record struct RulesVersion(int Count, long Ordinals);

/// <summary>The cached part of an API key.</summary>
/// <param name="AccountSid">The account that it authenticates.</param>
/// <param name="SecretHash">The SHA-256 of its secret.</param>
/// <param name="Policy">What a Restricted key may do; null for a Standard key.</param>
internal sealed record CachedKey(Sid AccountSid, byte[] SecretHash, KeyPolicy? Policy)
{
    /// <summary>Whether a secret is the key's, in constant time.</summary>
    /// <param name="hash">The SHA-256 of the secret.</param>
    public bool IsSecret(byte[] hash) => CryptographicOperations.FixedTimeEquals(hash, SecretHash);
}
