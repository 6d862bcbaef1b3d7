using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>With <c>Scope=all</c> a server is as it was when it first started.</summary>
public sealed class ResetEverythingTests(MessagingServer running, FrozenMessagingServer frozen)
    : IClassFixture<MessagingServer>, IClassFixture<FrozenMessagingServer>
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Nothing_but_accounts_and_their_keys_remains()
    {
        const string other = "AC000000000000000000000000000000ee";
        await running.Api.Services.CreateWithPoolAsync("+14155550191");
        await OtherAccount.AddAsync(running.ConnectionString, other, "othertoken");
        var key = await running.PostAsync($"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Keys.json")
            .ExpectAsync(201);

        Assert.Equal(204, (await ResetAsync(running)).Status);

        Assert.Equal(0L, await Sql.ScalarAsync(running.ConnectionString,
            "SELECT (SELECT count(*) FROM messaging_services) + (SELECT count(*) FROM phone_numbers) + (SELECT "
                + "count(*) FROM pool_senders)"));
        Assert.Equal($"{MessagingServer.AccountSid} {other} {key["sid"]}", await Sql.ScalarAsync(
            running.ConnectionString,
            "SELECT string_agg(sid, ' ' ORDER BY sid) FROM (SELECT sid FROM accounts UNION ALL "
                + "SELECT sid FROM api_keys) AS kept"));
    }

    [Fact]
    public async Task The_clock_runs_at_real_time_again_and_messages_that_flow_meanwhile_live_by_it()
    {
        await running.Api.Clock.ChangeAsync(("Advance", "P1D"));
        await running.Api.Services.CreateWithPoolAsync("+14155550192");
        using var enough = new CancellationTokenSource();
        // The number goes with the reset; from then on the sender is refused.
        var flowing = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var answer = await running.PostAsync(MessagesApi.Path, ("From", "+14155550192"), ("To", "+14155552671"),
                    ("Body", "Hi"));
                Assert.True(answer.Status is 201 or 400, answer.Text);
            }
        })).ToList();

        Assert.Equal(204, (await ResetAsync(running)).Status);

        await enough.CancelAsync();
        await Task.WhenAll(flowing);
        Assert.InRange(await running.Api.Clock.NowAsync(), TimeProvider.System.GetUtcNow() - OneMinute,
            TimeProvider.System.GetUtcNow());
        Assert.Equal(0L, await Sql.ScalarAsync(running.ConnectionString,
            "SELECT count(*) FROM message_queue WHERE due_at > now() + interval '1 hour'"));
    }

    [Fact]
    public async Task A_clock_that_begins_frozen_stands_at_the_present()
    {
        await frozen.Api.Clock.ChangeAsync(("Advance", "P1D"), ("Frozen", "false"));

        Assert.Equal(204, (await ResetAsync(frozen)).Status);

        var clock = await frozen.GetAsync(ClockApi.Path);
        Assert.True((bool)clock.Body!["frozen"]!);
        Assert.InRange(ClockApi.Parse(clock["now"]!), TimeProvider.System.GetUtcNow() - OneMinute,
            TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_message_after_it_goes_its_way()
    {
        await running.Api.Clock.ChangeAsync(("Advance", "P1D"));
        await ResetAsync(running);
        var service = await running.Api.Services.CreateWithPoolAsync("+14155550193");

        var sid = await running.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155552671"),
            ("Body", "Hi"));

        await running.Api.Messages.UntilAsync(sid, "delivered");
    }

    private static Task<ApiResponse> ResetAsync(MessagingServer server) =>
        server.PostAsync(TestApi.ResetPath, ("Scope", "all"));
}
