using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Provisioning;

/// <summary>A suspended account sends and receives nothing, and its webhooks wait.</summary>
public sealed class SuspendedAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Handset = "+14155552671";

    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    public async Task Webhooks_wait_until_it_is_active_again_and_are_dropped_when_it_is_closed(string then)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        using var account = await NewAsync();
        // The carrier reports while the account is suspended.
        await account.Api.PostAsync("/emulator/v1/CarrierRules", ("DelayMs", "1500")).ExpectAsync(201);
        var sid = await account.SendAsync(Handset, ("StatusCallback", receiver.Url));
        await receiver.UntilAsync(received => received.Any(callback => callback.MessageSid == sid));

        await account.SetStatusAsync("suspended");
        await account.UntilAsync(sid, "delivered");
        await Eventually.TrueAsync(
            async () => await Sql.ScalarAsync(server.ConnectionString,
                $"""
                 SELECT count(*) FROM webhooks JOIN held_webhooks AS held USING (message_sid)
                 WHERE webhooks.account_sid = '{account.Sid}' AND parameters LIKE '%delivered%'
                     AND held.ordinal = (SELECT min(ordinal) FROM held_webhooks AS one
                         WHERE one.message_sid = webhooks.message_sid)
                 """) is 1L,
            () => "The callback does not wait");
        Assert.DoesNotContain(receiver.Received, callback => callback is { Status: "delivered" });
        await account.Api.PostAsync("/emulator/v1/InboundMessages",
            ("From", Handset), ("To", account.Number), ("Body", "Hi")).ExpectErrorAsync(403, 20005);

        if (then == "suspended")
        {
            await account.SetStatusAsync("active");
            await receiver.UntilAsync(received => received.Any(callback => callback.Status == "delivered"));
            Assert.Equal(["queued", "sent", "delivered"],
                receiver.Received.Select(callback => callback.Status).Distinct());
            return;
        }

        await account.SetStatusAsync("closed");
        await Eventually.TrueAsync(
            async () => await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT count(*) FROM webhooks WHERE account_sid = '{account.Sid}' AND outcome = 'dropped'") is > 0L,
            () => "The callbacks are not dropped");
        Assert.DoesNotContain(receiver.Received, callback => callback is { Status: "delivered" });
    }

    [Fact]
    public async Task A_message_that_waits_for_its_media_fails_and_stays_failed()
    {
        using var account = await NewAsync();
        await using var media = await MediaServer.StartAsync();
        TaskCompletionSource comes = new();
        var picture = media.Serve("image/png", MediaServer.Picture, () => comes.Task);
        var sid = await account.SendAsync(Handset, ("MediaUrl", picture));
        await Eventually.TrueAsync(() => !media.Requests.IsEmpty, () => "The media were not requested.");

        await account.SetStatusAsync("suspended");
        await account.UntilAsync(sid, "failed");
        await account.SetStatusAsync("active");
        comes.SetResult();

        // A later message shows that the first one had its time.
        await account.UntilAsync(await account.SendAsync(Handset), "delivered");
        await account.UntilAsync(sid, "failed");
    }

    [Fact]
    public async Task A_wait_of_it_ends()
    {
        using var account = await NewAsync();
        var waiting = account.Api.GetAsync(MessagesApi.WaitPath(("To", "+14155550000"), ("Timeout", "60")));

        await account.SetStatusAsync("suspended");

        Assert.Equal((403, "20005"), await StatusOf(waiting));
    }

    [Fact]
    public async Task A_wait_by_a_key_ends_when_the_key_is_deleted()
    {
        using var account = await NewAsync();
        var keys = $"/2010-04-01/Accounts/{account.Sid}/Keys";
        var key = await server.PostAsync($"{keys}.json").ExpectAsync(201);
        using var client = server.Client(key["sid"], key["secret"]);
        var waiting = client.Api.GetAsync(MessagesApi.WaitPath(("To", "+14155550000"), ("Timeout", "60")));

        await server.DeleteAsync($"{keys}/{key["sid"]}.json").ExpectAsync(204);

        Assert.Equal((401, "20003"), await StatusOf(waiting));
    }

    private static async Task<(int, string?)> StatusOf(Task<ApiResponse> waiting)
    {
        var ended = await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        return (ended.Status, ended["code"]);
    }

    private Task<Subaccount> NewAsync() =>
        Subaccount.CreateAsync(server.Api, (sid, token) => server.Client(sid, token));
}
