using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A server that takes inbound messages ends or pauses: each causes one reply all the same.</summary>
public sealed class InboundTakeoverTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Inbound = "/emulator/v1/InboundMessages";

    [Fact]
    public async Task A_server_killed_during_webhooks_leaves_each_message_with_one_reply()
    {
        await using var app = await InboundApp.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        var answers = new SemaphoreSlim(0);
        var number = await NumberWithSlowAnswersAsync(one, app, "/slow", "Hello again", answers);
        var handsets = Enumerable.Range(0, 20).Select(i => $"+1415558{i:0000}").ToList();
        foreach (var handset in handsets)
            await one.Api.CreateAsync(Inbound, ("From", handset), ("To", number), ("Body", "Hi"));
        // All of these are the first server's; the other takes them over.
        await app.UntilAsync("/slow", 4);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await one.KillAsync();
        answers.Release(1000);

        foreach (var handset in handsets) await new Handset(other.Http, handset).ExpectSmsAsync("Hello again");
        Assert.Equal(handsets.Count, await RepliesAsync("+1415558"));
        Assert.True(app.At("/slow").Count >= handsets.Count + 4,
            "Nothing that the killed server had asked was asked again.");
        Counted.Show(
            $"kill -9 while {handsets.Count} messages were answered: {app.At("/slow").Count} requests, "
            + $"{handsets.Count} replies");
    }

    [Fact]
    public async Task A_paused_server_does_not_reply_after_another_has_replied()
    {
        await using var app = await InboundApp.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        var answers = new SemaphoreSlim(0);
        var number = await NumberWithSlowAnswersAsync(one, app, "/asked", "Hello once", answers);
        var handset = new Handset(one.Http, "+14155590001");
        var received = await handset.SendAsync(number, "Hi");
        await app.UntilAsync("/asked");

        await one.PauseAsync();
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await app.UntilAsync("/asked", 2);
        answers.Release(2);
        await new Handset(other.Http, handset.Address).ExpectSmsAsync("Hello once");
        await one.ResumeAsync();
        // The first server has its answer, too; it stops when that is worked off.
        Assert.Equal(0, await one.StopAsync());

        Assert.Equal(1, await RepliesAsync(handset.Address));
        Assert.Single((await other.Api.RequestAsync(HttpMethod.Get,
            $"/emulator/v1/Messages/{received["sid"]}/Timeline").ExpectAsync(200))
                .Body!["webhooks"]![0]!["attempts"]!.AsArray());
    }

    /// <summary>A new number whose application answers a message with the text, each as soon as it is let.</summary>
    private static async Task<string> NumberWithSlowAnswersAsync(
        ServerUnderTest server, InboundApp app, string path, string text, SemaphoreSlim answers)
    {
        var url = app.Respond(path, async (_, context) =>
        {
            await answers.WaitAsync(context.RequestAborted);
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(text, context.RequestAborted);
        });
        var number = NumbersApi.New();
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", number), ("SmsUrl", url));
        return number;
    }

    private async Task<long> RepliesAsync(string to) =>
        (long)(await Sql.ScalarAsync(database.ConnectionString,
        $"SELECT count(*) FROM messages WHERE direction = 'outbound_reply' AND \"to\" LIKE '{to}%'"))!;
}
