using System.Text.Json.Nodes;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>A reset is of one account: no other notices.</summary>
public sealed class ResetOfAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Handset = "+14155552671";

    [Theory]
    [InlineData("messages")]
    [InlineData("all")]
    public async Task What_other_accounts_have_stays(string scope)
    {
        using var one = await NewAsync();
        using var two = await NewAsync();
        foreach (var account in new[] { one, two })
        {
            await account.UntilAsync(await account.SendAsync(Handset), "delivered");
            await account.Api.PostAsync("/emulator/v1/CarrierRules", ("To", "+1999*")).ExpectAsync(201);
            await account.Api.PostAsync("/emulator/v1/InboundMessages",
                ("From", Handset), ("To", account.Number), ("Body", "STOP")).ExpectAsync(201);
        }

        Assert.Equal(204, (await one.Api.PostAsync(TestApi.ResetPath, ("Scope", scope))).Status);

        var isOfAll = scope == "all";
        Assert.Equal((0, 0, 0, 0, isOfAll ? 0 : 1), await CountAsync(one));
        var (messages, rules, optOuts, sticky, services) = await CountAsync(two);
        Assert.True(messages >= 2, $"{messages} messages");
        Assert.Equal((1, 1, 1, 1), (rules, optOuts, sticky, services));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM webhooks WHERE account_sid = '{one.Sid}'"));
    }

    [Fact]
    public async Task The_same_account_works_on_at_once()
    {
        using var account = await NewAsync();
        for (var i = 0; i < 5; i++)
        {
            await account.UntilAsync(await account.SendAsync(Handset), "delivered");
            await account.Api.PostAsync(TestApi.ResetPath).ExpectAsync(204);
        }

        Assert.Equal(0, (await CountAsync(account)).Messages);
    }

    [Fact]
    public async Task It_waits_for_no_transaction_of_another_account()
    {
        using var account = await NewAsync();
        using var other = await NewAsync();
        await account.UntilAsync(await account.SendAsync(Handset), "delivered");
        await other.UntilAsync(await other.SendAsync(Handset), "delivered");
        await using var hold = await HoldAsync(
            $"""
             SELECT FROM messages WHERE account_sid = '{other.Sid}' FOR UPDATE;
             SELECT FROM messaging_services WHERE account_sid = '{other.Sid}' FOR UPDATE;
             LOCK TABLE messages, message_queue, webhooks, webhook_queue, opt_outs IN ROW EXCLUSIVE MODE
             """);

        await account.Api.PostAsync(TestApi.ResetPath, ("Scope", "all")).ExpectAsync(204);

        Assert.Equal(0, (await CountAsync(account)).Messages);
    }

    [Fact]
    public async Task Messages_that_flow_meanwhile_go_all_the_way_or_not_at_all()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        using var account = await NewAsync();
        using var other = await NewAsync();
        using var enough = new CancellationTokenSource();
        var flowing = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            List<string> sent = [];
            while (!enough.IsCancellationRequested)
            {
                await account.SendAsync(Handset, ("StatusCallback", receiver.Url));
                sent.Add(await other.SendAsync(Handset, ("StatusCallback", receiver.Url)));
            }

            return sent;
        })).ToList();
        for (var i = 1; i <= 8; i++)
        {
            await receiver.UntilAsync(received => received.Count > i * 30);
            await account.Api.PostAsync(TestApi.ResetPath).ExpectAsync(204);
        }

        await enough.CancelAsync();
        var others = (await Task.WhenAll(flowing)).SelectMany(sent => sent).ToList();

        await Eventually.TrueAsync(
            async () => await Sql.ScalarAsync(server.ConnectionString,
                $"""
                 SELECT count(*) FROM messages
                 WHERE account_sid IN ('{account.Sid}', '{other.Sid}') AND status <> 'delivered'
                 """) is 0L, () => "not all are delivered");
        Assert.Equal((long)others.Count, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM messages WHERE account_sid = '{other.Sid}'"));
        await receiver.UntilAsync(received => others.All(
            sid => received.Any(callback => callback.MessageSid == sid && callback.Status == "delivered")));
    }

    [Fact]
    public async Task A_message_that_is_locked_goes_later_and_takes_nothing_newer_along()
    {
        using var account = await NewAsync();
        await account.UntilAsync(await account.SendAsync(Handset), "delivered");
        await using (await HoldAsync($"SELECT FROM messages WHERE account_sid = '{account.Sid}' FOR UPDATE"))
        {
            await account.Api.PostAsync(TestApi.ResetPath, ("Scope", "all")).ExpectAsync(204);
            await account.Api.PostAsync("/v1/Services", ("FriendlyName", "Newer")).ExpectAsync(201);
        }

        await Eventually.TrueAsync(async () => (await CountAsync(account)).Messages == 0, () => "It stays.");
        await TaskEndsAsync(account);
        Assert.Equal(1, (await CountAsync(account)).Services);
    }

    [Fact]
    public async Task Other_rows_that_stay_locked_are_no_success_and_a_second_reset_replaces_the_first()
    {
        using var account = await NewAsync();
        await using (await HoldAsync($"SELECT FROM messaging_services WHERE account_sid = '{account.Sid}' FOR UPDATE"))
            await account.Api.PostAsync(TestApi.ResetPath, ("Scope", "all")).ExpectErrorAsync(503, 20503);

        await account.Api.PostAsync(TestApi.ResetPath, ("Scope", "all")).ExpectAsync(204);
        await account.Api.PostAsync("/v1/Services", ("FriendlyName", "Newer")).ExpectAsync(201);

        await TaskEndsAsync(account);
        Assert.Equal(1, (await CountAsync(account)).Services);
    }

    [Fact]
    public async Task Callbacks_of_a_message_from_after_it_stay_though_the_message_is_deleted()
    {
        var account = Sid.Parse(MessagingServer.AccountSid);
        var rows = server.Services.GetRequiredService<AccountRows>();
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token,
                 date_created, attempts, outcome)
             SELECT 'WH' || digits, '{account}', 'SM' || digits, 'status_callback', 'POST', '', '[]',
                 gen_random_uuid(), now(), '[]', 'delivered'
             FROM (SELECT lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || repeat('1', 20))
                 AS new (digits)
             """);

        await RemoveAsync(TimeProvider.System.GetUtcNow().AddMinutes(-1));
        Assert.Equal(1L, await CountAsync());
        await RemoveAsync(TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(0L, await CountAsync());

        Task<bool> RemoveAsync(DateTimeOffset date) => rows.RemoveOrphansAsync(
            new() { AccountSid = account, DateCreated = date }, TimeSpan.FromSeconds(5), CancellationToken.None);

        Task<object?> CountAsync() => Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM webhooks WHERE account_sid = '{account}'");
    }

    [Fact]
    public async Task A_key_of_the_account_may_reset_it_and_stays()
    {
        using var account = await NewAsync();
        var key = await server.PostAsync($"/2010-04-01/Accounts/{account.Sid}/Keys.json").ExpectAsync(201);
        using var client = server.Client(key["sid"], key["secret"]);

        await client.Api.PostAsync(TestApi.ResetPath, ("Scope", "all")).ExpectAsync(204);

        await client.Api.GetAsync("/v1/Services").ExpectAsync(200);
    }

    private async Task<IAsyncDisposable> HoldAsync(string statement)
    {
        var holder = new Npgsql.NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await holder.OpenAsync();
        await using var hold = new Npgsql.NpgsqlCommand($"BEGIN; {statement}", holder);
        await hold.ExecuteNonQueryAsync();
        return holder;
    }

    private Task TaskEndsAsync(Subaccount account) => Eventually.TrueAsync(
        async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM account_tasks WHERE account_sid = '{account.Sid}'") is 0L,
        () => "The task does not end.");

    private Task<Subaccount> NewAsync() =>
        Subaccount.CreateAsync(server.Api, (sid, token) => server.Client(sid, token));

    private static async Task<(int Messages, int Rules, int OptOuts, int Sticky, int Services)> CountAsync(
        Subaccount account) => (
        await CountAsync(account, account.MessagesPath, "messages"),
        await CountAsync(account, "/emulator/v1/CarrierRules", "carrier_rules"),
        await CountAsync(account, "/emulator/v1/OptOuts", "opt_outs"),
        await CountAsync(account, "/emulator/v1/StickySenders", "sticky_senders"),
        await CountAsync(account, "/v1/Services", "services"));

    private static async Task<int> CountAsync(Subaccount account, string path, string key) =>
        ((JsonArray)(await account.Api.GetAsync(path).ExpectAsync(200)).Body![key]!).Count;
}
