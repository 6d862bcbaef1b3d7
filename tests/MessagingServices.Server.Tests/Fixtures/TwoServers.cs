namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Two servers as processes on one database, for tests that let both run. Each test has an account of its own on both.
/// </summary>
public sealed class TwoServers(PostgresServer postgres) : IAsyncLifetime
{
    private readonly PostgresDatabase database = new(postgres);
    private ServerUnderTest? one;
    private ServerUnderTest? other;

    /// <summary>How to connect to the database.</summary>
    public string ConnectionString => database.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        one = await ServerUnderTest.StartAsync(ConnectionString, Fast.Carrier);
        other = await ServerUnderTest.StartAsync(ConnectionString, Fast.Carrier);
    }

    public async ValueTask DisposeAsync()
    {
        if (one is not null) await one.DisposeAsync();
        if (other is not null) await other.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Creates an account. Returns it as each of the servers knows it.</summary>
    internal async Task<(TestAccount One, TestAccount Other)> NewAccountAsync()
    {
        var account = await TestAccount.CreateAsync(one!.Http);
        return (account, account.On(other!.Http.BaseAddress!));
    }
}

/// <summary>The tests of two servers that both run to the end.</summary>
[CollectionDefinition]
public sealed class PairOfServers : ICollectionFixture<TwoServers>;
