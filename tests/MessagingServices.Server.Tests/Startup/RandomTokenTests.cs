using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Startup;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>With <c>Account:AuthToken=random</c> the server makes the Auth Token of its first account.</summary>
public sealed class RandomTokenTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task It_is_another_one_in_each_database_and_the_same_at_each_start()
    {
        await RemoveAccountAsync();
        var first = await StartAsync("random");

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Equal(first, await StartAsync("random"));
        await RemoveAccountAsync();
        Assert.NotEqual(first, await StartAsync("random"));
    }

    [Fact]
    public async Task It_replaces_the_default_token_and_no_other()
    {
        await RemoveAccountAsync();
        await StartAsync(AccountOptions.DefaultAuthToken);

        Assert.NotEqual(AccountOptions.DefaultAuthToken, await StartAsync("random"));
        Assert.Equal("secret123", await StartAsync("secret123"));
        Assert.Equal("secret123", await StartAsync("random"));
    }

    [Theory]
    [InlineData("random", true)]
    [InlineData(AccountOptions.DefaultAuthToken, false)]
    public void A_network_may_have_it(string token, bool isAllowed) => Assert.Equal(
        isAllowed,
        Record.Exception(() => DefaultTokenRule.Check(Options(token), Addresses("http://0.0.0.0:0"))) is null);

    private async Task<string> StartAsync(string token)
    {
        var options = Options(token);
        await using NpgsqlConnection connection = new(database.ConnectionString);
        await connection.OpenAsync();
        await new DefaultAccount(options, new(options), Addresses("http://0.0.0.0:0"), TimeProvider.System)
            .EnsureAsync(connection, CancellationToken.None);
        var stored = await Sql.ScalarAsync(database.ConnectionString,
            $"SELECT auth_token FROM accounts WHERE sid = '{AccountOptions.DefaultSid}'");
        Assert.Equal(options.AuthToken, stored);
        return options.AuthToken;
    }

    private Task<object?> RemoveAccountAsync() => Sql.ScalarAsync(
        database.ConnectionString, $"DELETE FROM accounts WHERE sid = '{AccountOptions.DefaultSid}'");

    private static AccountOptions Options(string token) => new() { AuthTokenText = token };

    private static ListeningAddresses Addresses(string url) => ListeningAddresses.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("urls", url)]).Build());
}
