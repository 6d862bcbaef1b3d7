using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Tests.Data;

/// <summary>What other servers change of one of many accounts that are in use is known after a second.</summary>
public sealed class AccountCacheTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly Sid[] Accounts =
        [.. Enumerable.Range(1, 20).Select(number => Sid.Create(SidPrefix.Account, (uint)number))];

    private static readonly Sid Changed = Accounts[7];
    private readonly StoppedTime time = new();
    private readonly NpgsqlDataSource source = DataSources.Create(database.ConnectionString);
    private AccountCache cache = null!;

    public async ValueTask InitializeAsync()
    {
        cache = new(new Databases(Open), source, new(), time);
        await using var db = Open();
        foreach (var sid in Accounts) db.Add(new Account(sid, "token", "Test", DateTimeOffset.UnixEpoch));
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using var db = Open();
        await db.Accounts.ExecuteDeleteAsync();
        await source.DisposeAsync();
    }

    [Fact]
    public async Task A_change_of_one_of_many_accounts_is_known_after_a_second()
    {
        await using var db = Open();
        await UseAsync();
        await UseAsync();

        await db.Accounts.Where(account => account.Sid == Changed)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.AuthToken, "another"));
        Assert.Equal("another", (await UseAsync()).AuthToken);

        db.Add(new RequestRule(Sid.Create(SidPrefix.RequestRule, 1), Changed, DateTimeOffset.UnixEpoch));
        await db.SaveChangesAsync();
        Assert.Equal(1, (await UseAsync()).RequestRules.Count);

        db.Add(new WebhookRule(Sid.Create(SidPrefix.WebhookRule, 1), Changed, DateTimeOffset.UnixEpoch) { Times = 1 });
        await db.SaveChangesAsync();
        Assert.True((await UseAsync()).HasWebhookRules);

        await db.WebhookRules.ExecuteUpdateAsync(set => set.SetProperty(rule => rule.TimesUsed, _ => 1));
        Assert.False((await UseAsync()).HasWebhookRules);

        await db.RequestRules.ExecuteDeleteAsync();
        Assert.Equal(0, (await UseAsync()).RequestRules.Count);
    }

    /// <summary>All accounts are in use for longer than a second.</summary>
    private async Task<CachedAccount> UseAsync()
    {
        time.Advance(TimeSpan.FromSeconds(1));
        foreach (var sid in Accounts) Assert.NotNull(await cache.FindAsync(sid, default));
        return (await cache.FindAsync(Changed, default))!;
    }

    private MessagingDb Open() =>
        new(new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);

    private sealed class Databases(Func<MessagingDb> open) : IDbContextFactory<MessagingDb>
    {
        public MessagingDb CreateDbContext() => open();
    }
}
