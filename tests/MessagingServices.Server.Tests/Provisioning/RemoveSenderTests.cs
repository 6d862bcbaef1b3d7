using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Provisioning;

/// <summary>
/// Senders of any kind that leave a pool: each through its own resource, and with what is remembered of them.
/// </summary>
public sealed class RemoveSenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly string[] Resources =
        ["PhoneNumbers", "ShortCodes", "AlphaSenders", "DestinationAlphaSenders", "ChannelSenders"];

    [Theory]
    [InlineData("PhoneNumbers", "PhoneNumbers")]
    [InlineData("ShortCodes", "ShortCodes")]
    [InlineData("AlphaSenders", "AlphaSenders DestinationAlphaSenders")]
    [InlineData("DestinationAlphaSenders", "DestinationAlphaSenders")]
    [InlineData("ChannelSenders", "ChannelSenders")]
    public async Task Each_resource_knows_its_own_kind_only(string kind, string resources)
    {
        var service = await server.Api.Services.CreateAsync();
        var sid = await JoinAsync(service, kind);

        foreach (var resource in Resources.Except(resources.Split(' ')))
        {
            await server.GetAsync($"{ServicesApi.Path}/{service}/{resource}/{sid}").ExpectErrorAsync(404, 20404);
            await server.DeleteAsync($"{ServicesApi.Path}/{service}/{resource}/{sid}").ExpectErrorAsync(404, 20404);
            Assert.DoesNotContain(sid,
                (await server.GetAsync($"{ServicesApi.Path}/{service}/{resource}").ExpectAsync(200)).Text,
                StringComparison.Ordinal);
        }

        foreach (var resource in resources.Split(' '))
            Assert.Contains(sid, (await server.GetAsync($"{ServicesApi.Path}/{service}/{resource}").ExpectAsync(200))
                .Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PhoneNumbers")]
    [InlineData("ShortCodes")]
    [InlineData("AlphaSenders")]
    [InlineData("DestinationAlphaSenders")]
    [InlineData("ChannelSenders")]
    public async Task It_is_remembered_for_no_recipient_any_more(string kind)
    {
        var service = await server.Api.Services.CreateAsync();
        var (leaving, staying) = (await JoinAsync(service, kind), await JoinAsync(service, "PhoneNumbers"));
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             INSERT INTO sticky_senders (messaging_service_sid, channel, "to", country, sender_sid, is_used,
                 date_created)
             VALUES ('{service}', 'sms', '+14155550123', 'US', '{leaving}', true, now()), ('{service}', 'sms',
                 '+14155550124', 'US', '{staying}', true, now())
             """);

        await server.DeleteAsync($"{ServicesApi.Path}/{service}/{kind}/{leaving}").ExpectAsync(204);

        Assert.Equal("+14155550124", await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT string_agg(\"to\", ' ') FROM sticky_senders WHERE messaging_service_sid = '{service}'"));
    }

    [Fact]
    public async Task It_waits_for_the_transaction_that_has_locked_the_service()
    {
        var service = await server.Api.Services.CreateAsync();
        var sid = await JoinAsync(service, "ShortCodes");
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(connection, $"SELECT 1 FROM messaging_services WHERE sid = '{service}' FOR NO KEY UPDATE");

        var removed = server.DeleteAsync($"{ServicesApi.Path}/{service}/ShortCodes/{sid}");
        while (!removed.IsCompleted
            && !await IsLockAwaitedAsync()) await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.False(removed.IsCompleted);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ShortCodes/{sid}").ExpectAsync(200);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await removed.ExpectAsync(204);
    }

    private async Task<string> JoinAsync(string service, string kind) => (await (kind switch
    {
        "PhoneNumbers" => server.Api.Services.AddNumberAsync(service, await server.Api.Numbers.CreateAsync()),
        "ChannelSenders" =>
            server.Api.Services.AddChannelSenderAsync(service,
                await server.Api.ChannelSenders.CreateAsync(ChannelSendersApi.NewAgent())),
        "ShortCodes" => server.Api.Services.AddShortCodeAsync(service, await server.Api.ShortCodes.CreateAsync()),
        "AlphaSenders" => server.PostAsync($"{ServicesApi.Path}/{service}/{kind}", ("AlphaSender", "Acme")),
        "DestinationAlphaSenders" =>
            server.PostAsync($"{ServicesApi.Path}/{service}/{kind}", ("AlphaSender", "Acme"), ("IsoCountryCode", "FR")),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    }).ExpectAsync(201))["sid"]!;

    private async Task<bool> IsLockAwaitedAsync() => (bool)(await Sql.ScalarAsync(server.ConnectionString,
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"))!;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
