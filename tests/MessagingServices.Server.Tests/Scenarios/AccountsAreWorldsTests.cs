using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// Many accounts do everything at the same time, with the same numbers and the same handset, over two servers. Nothing
/// of one is seen in another.
/// </summary>
[Collection(typeof(LoadTests))]
public sealed class AccountsAreWorldsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Number = "+14155550150";
    private const string Handset = "+14155552671";
    private const string Root = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";

    /// <summary>The lists of an account, each with its key.</summary>
    private static readonly (string Path, string Key)[] Lists =
    [
        ($"{Root}/Messages.json?PageSize=1000", "messages"),
        ($"{Root}/IncomingPhoneNumbers.json", "incoming_phone_numbers"),
        ("/v1/Services", "services"),
        ("/emulator/v1/Messages?PageSize=1000", "messages"),
        ("/emulator/v1/Webhooks?PageSize=1000", "webhooks"),
        ("/emulator/v1/OptOuts", "opt_outs"),
        ("/emulator/v1/CarrierRules", "carrier_rules"),
    ];

    private readonly ConcurrentDictionary<string, string> accountOf = new();

    [Fact]
    public async Task Nothing_of_one_account_is_seen_in_another()
    {
        string[] settings = ["--Clock:Frozen", "true", .. Fast.NoDelay];
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, settings);
        await using var two = await ServerUnderTest.StartAsync(database.ConnectionString, settings);
        await using var receiver = await CallbackReceiver.StartAsync();
        ServerUnderTest[] servers = [one, two];
        var count = TestSize.Of(24, 100);
        var beginning = await one.Http.Api.Clock.NowAsync();

        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = count }, async (i, _) =>
        {
            var account = await TestAccount.CreateAsync(servers[i % 2].Http, $"Account {i}");
            await LiveAsync(i, account, account.On(servers[(i + 1) % 2].Http.BaseAddress!), receiver.Url);
        });

        Assert.Equal(beginning, await two.Http.Api.Clock.NowAsync());
        Assert.NotEmpty(receiver.Received);
        Assert.All(receiver.Received, callback =>
            Assert.Equal(accountOf[callback.MessageSid], callback.Parameters["AccountSid"]));
        Counted.Show(
            $"{count} accounts over two servers: {accountOf.Count} messages, {receiver.Received.Count} callbacks");
    }

    private async Task LiveAsync(int i, TestAccount here, TestAccount there, string callback)
    {
        var began = await here.Api.Clock.NowAsync();
        var service = await here.Api.Services.CreateWithPoolAsync(Number);
        await there.Api.PostAsync("/emulator/v1/CarrierRules", ("To", $"+1415555{i:0000}"), ("DelayMs", "1"))
            .ExpectAsync(201);

        // Another account's handset with the same number has opted out, or not.
        var mine = await SendAsync(here, service, $"Account {i}", callback);
        await there.Api.Messages.UntilAsync(mine, "delivered");
        Assert.Equal(mine, (await there.Api.GetAsync(MessagesApi.WaitPath(("To", Handset)))).Body!["sid"]!.ToString());
        if (i % 2 == 0)
            await there.Api.PostAsync("/emulator/v1/InboundMessages",
                ("From", Handset), ("To", Number), ("Body", "STOP")).ExpectAsync(201);
        Assert.Equal(i % 2 == 0 ? [$"{Handset} {service}"] : [], await here.Api.OptOuts.ListAsync());

        var days = 2 + (i % 9);
        var scheduled = i % 2 == 0 ? null : await SendAsync(there, service, "Later", callback,
            ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(began.AddDays(1))));
        Assert.Equal(began.AddDays(days), await here.Api.Clock.ChangeAsync(("Advance", $"P{days}D")));
        if (scheduled is not null) await here.Api.Messages.UntilAsync(scheduled, "delivered");

        if (i % 3 == 0)
        {
            await there.Api.PostAsync(TestApi.ResetPath).ExpectAsync(204);
            Assert.Empty(await RowsAsync(here, Lists[0]));
        }

        Assert.Equal(began.AddDays(days), await there.Api.Clock.NowAsync());
        if (i % 2 == 1)
            await here.Api.Messages.UntilAsync(await SendAsync(there, service, "Last", callback), "delivered");
        foreach (var account in new[] { here, there })
        {
            foreach (var list in Lists)
            {
                Assert.All(await RowsAsync(account, list),
                    row => Assert.Equal(account.Sid, (row["account_sid"] ?? account.Sid).ToString()));
            }
        }

        Assert.Single(await RowsAsync(here, Lists[1]));
        Assert.Equal(i % 3 == 0 ? 0 : 1, (await RowsAsync(there, Lists[6])).Count);
    }

    private async Task<string> SendAsync(
        TestAccount account, string service, string body, string callback, params (string Name, string Value)[] more)
    {
        var sid = await account.Api.Messages.SendAsync(
        [
            ("To", Handset), ("MessagingServiceSid", service), ("Body", body), ("StatusCallback", callback), .. more,
        ]);
        accountOf[sid] = account.Sid;
        return sid;
    }

    private static async Task<IReadOnlyList<JsonNode>> RowsAsync(TestAccount account, (string Path, string Key) list) =>
        [.. (await account.Api.GetAsync(list.Path).ExpectAsync(200)).Body![list.Key]!.AsArray().Select(row => row!)];
}
