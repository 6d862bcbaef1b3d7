using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Seeding;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Seeding;

/// <summary>Another account is configured than the one whose seed has the first SIDs.</summary>
public sealed class ChangedAccountTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Other = "AC000000000000000000000000000000ff";

    [Fact]
    public async Task Its_seed_has_other_SIDs_the_same_every_time()
    {
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             INSERT INTO accounts (sid, auth_token, friendly_name, status, date_created, date_updated)
             VALUES ('{MessagingServer.AccountSid}', '', '', 'active', now(), now()),
                 ('{Other}', '', '', 'active', now(), now())
             """);
        await SeedAsync(MessagingServer.AccountSid);

        await SeedAsync(Other);
        var first = await ServiceAsync();
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             DELETE FROM messaging_services WHERE account_sid = '{Other}';
             DELETE FROM phone_numbers WHERE account_sid = '{Other}'
             """);
        await SeedAsync(Other);
        // What is there is kept.
        await SeedAsync(Other);

        Assert.NotNull(first);
        Assert.Equal(first, await ServiceAsync());
    }

    private async Task SeedAsync(string account)
    {
        EmulatorClock clock = new(TimeProvider.System, new(), new(), new());
        SeedResources resources = new(
            new(null!, TimeProvider.System), clock, NullLogger<SenderPoolUseCases>.Instance);
        await new Seed(new(), new() { SidText = account }, new(() => resources), clock, new Databases(Open))
            .ApplyAgainAsync(Sid.Parse(account), default);
    }

    private Task<object?> ServiceAsync() => Sql.ScalarAsync(database.ConnectionString,
        $"SELECT sid FROM messaging_services WHERE account_sid = '{Other}'");

    private MessagingDb Open() =>
        new(new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);

    private sealed class Databases(Func<MessagingDb> open) : IDbContextFactory<MessagingDb>
    {
        public MessagingDb CreateDbContext() => open();
    }
}
