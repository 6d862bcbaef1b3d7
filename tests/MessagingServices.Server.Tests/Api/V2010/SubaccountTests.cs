using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Subaccounts: worlds of their own, which their parent creates, sees and may close.</summary>
public sealed class SubaccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Accounts = "/2010-04-01/Accounts.json";
    private const string Number = "+14155550150";

    [Fact]
    public async Task A_subaccount_is_usable_at_once_with_its_own_token()
    {
        var created = await server.PostAsync(Accounts, ("FriendlyName", "Worker 1")).ExpectAsync(201);

        Assert.Equal(("Worker 1", "active", "Full", MessagingServer.AccountSid),
            (created["friendly_name"], created["status"], created["type"], created["owner_account_sid"]));
        Assert.Matches("^[0-9a-f]{32}$", created["auth_token"]);
        using var worker = server.Client(created["sid"], created["auth_token"]);
        var own = await worker.Api.GetAsync(PathOf(created["sid"]!)).ExpectAsync(200);
        Assert.Equal(created.Text, own.Text);
        Assert.Equal([created["sid"]], await SidsAsync(worker.Api, Accounts));
        await worker.Api.PostAsync(Accounts).ExpectErrorAsync(403, 20403);
    }

    [Fact]
    public async Task Without_a_name_it_is_named_after_its_creation()
    {
        var created = await server.PostAsync(Accounts).ExpectAsync(201);

        Assert.Matches(
            "^SubAccount Created at [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} (am|pm)$", created["friendly_name"]);
        await server.PostAsync(Accounts, ("FriendlyName", new string('x', 65))).ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task The_parent_lists_its_account_and_all_subaccounts_newest_first()
    {
        var name = $"List {Guid.NewGuid():N}";
        var (first, second) = (await NewAsync(name), await NewAsync(name));
        await server.PostAsync(PathOf(second.Sid), ("Status", "suspended")).ExpectAsync(200);

        Assert.Contains(MessagingServer.AccountSid, await SidsAsync(server.Api, $"{Accounts}?PageSize=1000"));
        Assert.Equal([second.Sid, first.Sid], await SidsAsync(server.Api, $"{Accounts}?FriendlyName={name}"));
        Assert.Equal(
            [first.Sid], await SidsAsync(server.Api, $"{Accounts}?FriendlyName={name}&Status=active"));
        await server.GetAsync($"{Accounts}?Status=gone").ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task The_parent_acts_in_the_path_of_its_subaccount()
    {
        var (sid, worker) = await NewAsync("Parent acts");
        var numbers = $"/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers.json";

        var number = await server.PostAsync(numbers, ("PhoneNumber", "+14155550151")).ExpectAsync(201);

        Assert.Equal(sid, number["account_sid"]);
        Assert.Single((await worker.Api.GetAsync(numbers)).Body!["incoming_phone_numbers"]!.AsArray());
        await worker.Api.GetAsync($"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json")
            .ExpectErrorAsync(401, 20003);
        var (_, sibling) = await NewAsync("Sibling");
        await sibling.Api.GetAsync(numbers).ExpectErrorAsync(401, 20003);
    }

    [Fact]
    public async Task Accounts_with_the_same_number_do_not_see_each_other()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (one, two) = (await NewAsync("One"), await NewAsync("Two"));
        foreach (var (sid, client) in new[] { one, two })
        {
            await client.Api.PostAsync(
                $"/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers.json", ("PhoneNumber", Number)).ExpectAsync(201);
        }

        await one.Client.Api.PostAsync(
            $"/2010-04-01/Accounts/{one.Sid}/IncomingPhoneNumbers.json", ("PhoneNumber", Number))
            .ExpectErrorAsync(400, 21422);

        var sent = await one.Client.Api.PostAsync($"/2010-04-01/Accounts/{one.Sid}/Messages.json",
            ("From", Number), ("To", "+14155550152"), ("Body", "Hi"), ("StatusCallback", receiver.Url))
            .ExpectAsync(201);
        await receiver.UntilAsync(received => received.Any(callback => callback.Status == "delivered"));

        Assert.Empty((await two.Client.Api.GetAsync($"/2010-04-01/Accounts/{two.Sid}/Messages.json"))
            .Body!["messages"]!.AsArray());
        await two.Client.Api.GetAsync($"/2010-04-01/Accounts/{two.Sid}/Messages/{sent["sid"]}.json")
            .ExpectErrorAsync(404, 20404);
        await two.Client.Api.GetAsync($"/emulator/v1/Messages/{sent["sid"]}/Timeline").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task A_suspended_account_may_nothing_and_its_parent_may_look()
    {
        var (sid, worker) = await NewAsync("Suspended");
        var messages = $"/2010-04-01/Accounts/{sid}/Messages.json";
        await worker.Api.GetAsync(messages).ExpectAsync(200);

        Assert.Equal("suspended",
            (await server.PostAsync(PathOf(sid), ("Status", "suspended")).ExpectAsync(200))["status"]);

        await worker.Api.GetAsync(messages).ExpectErrorAsync(403, 20005);
        await worker.Api.GetAsync("/v1/Services").ExpectErrorAsync(403, 20005);
        using var wrong = server.Client(sid, "wrong");
        await wrong.Api.GetAsync(messages).ExpectErrorAsync(401, 20003);
        await server.GetAsync(messages).ExpectAsync(200);
        await server.PostAsync(messages, ("To", "+14155550152")).ExpectErrorAsync(403, 20005);

        await server.PostAsync(PathOf(sid), ("Status", "active")).ExpectAsync(200);
        await worker.Api.GetAsync(messages).ExpectAsync(200);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    public async Task A_message_that_waits_fails_when_its_account_is_not_active(string status)
    {
        var (sid, worker) = await NewAsync("Waiting");
        var service = await worker.Api.PostAsync("/v1/Services", ("FriendlyName", "Later")).ExpectAsync(201);
        var number = await worker.Api.PostAsync(
            $"/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers.json", ("PhoneNumber", Number)).ExpectAsync(201);
        await worker.Api.PostAsync(
            $"/v1/Services/{service["sid"]}/PhoneNumbers", ("PhoneNumberSid", number["sid"]!)).ExpectAsync(201);
        var now = await worker.Api.Clock.NowAsync();
        var message = await worker.Api.PostAsync($"/2010-04-01/Accounts/{sid}/Messages.json",
            ("To", "+14155550152"), ("MessagingServiceSid", service["sid"]!), ("Body", "Later"),
            ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(now.AddHours(1)))).ExpectAsync(201);

        // The account cannot move its clock any more once it is not active.
        await worker.Api.Clock.ChangeAsync(("Now", ClockApi.Iso(now.AddHours(1).AddSeconds(-3))));
        await server.PostAsync(PathOf(sid), ("Status", status)).ExpectAsync(200);

        var failed = await Eventually.ValueAsync(
            () => server.GetAsync($"/2010-04-01/Accounts/{sid}/Messages/{message["sid"]}.json"),
            found => found["status"] == "failed", found => $"The message is {found["status"]}.");
        Assert.Equal("30002", failed["error_code"]);
    }

    [Fact]
    public async Task A_closed_account_stays_closed()
    {
        var (sid, worker) = await NewAsync("Closed");
        await worker.Api.PostAsync(PathOf(sid), ("Status", "closed")).ExpectErrorAsync(403, 20403);

        await server.PostAsync(PathOf(sid), ("Status", "closed")).ExpectAsync(200);

        await server.PostAsync(PathOf(sid), ("Status", "active")).ExpectErrorAsync(400, 20001);
        await server.PostAsync(PathOf(sid), ("Status", "lost")).ExpectErrorAsync(400, 20001);
        await worker.Api.GetAsync(PathOf(sid)).ExpectErrorAsync(403, 20005);
    }

    [Fact]
    public async Task The_status_of_the_main_account_does_not_change_and_its_name_does()
    {
        var own = PathOf(MessagingServer.AccountSid);
        await server.PostAsync(own, ("Status", "closed")).ExpectErrorAsync(400, 20001);
        await server.PostAsync(own, ("Status", "active")).ExpectAsync(200);

        Assert.Equal(
            "Renamed", (await server.PostAsync(own, ("FriendlyName", "Renamed")).ExpectAsync(200))["friendly_name"]);
    }

    private static string PathOf(string account) => $"/2010-04-01/Accounts/{account}.json";

    private async Task<(string Sid, HttpClient Client)> NewAsync(string name)
    {
        var created = await server.PostAsync(Accounts, ("FriendlyName", name)).ExpectAsync(201);
        return (created["sid"]!, server.Client(created["sid"], created["auth_token"]));
    }

    private static async Task<List<string?>> SidsAsync(TestApi api, string path) =>
        [.. (await api.GetAsync(path).ExpectAsync(200)).Body!["accounts"]!.AsArray()
            .Select(account => account!["sid"]!.ToString())];
}
