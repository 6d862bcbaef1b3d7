using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>
/// A server claims more callbacks than it posts at once: those that wait in its memory go with their messages.
/// </summary>
public sealed class ResetOfPendingCallbacksTests(PostgresServer postgres)
{
    private const int AtOnce = 2;
    private const string To = "+14155552671";

    [Theory]
    [InlineData("messages", false)]
    [InlineData("all", false)]
    [InlineData("messages", true)]
    public async Task Nothing_is_posted_after_a_reset_of_what_it_removed(string scope, bool byAnotherServer)
    {
        using var answers = new SemaphoreSlim(0);
        await using var receiver = await Receiver.StartAsync(async (_,
            context) => await answers.WaitAsync(context.RequestAborted));
        await using var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        await using var worker = await ServerUnderTest.StartAsync(database.ConnectionString,
            "--Webhooks:MaxConcurrencyPerEndpoint", $"{AtOnce}");
        await using var front = byAnotherServer
            ? await ServerUnderTest.StartAsync(database.ConnectionString, "--Pipeline:Stages=")
            : null;
        await SendAsync(worker, receiver, 20);
        answers.Release(AtOnce);
        await CallbackServer.UntilAsync(
            async () => receiver.Requests.Count >= AtOnce + 1
                && await CountWaitingAsync(database) > AtOnce + 1, "callbacks wait in memory");

        Assert.Equal(204, (await (front ?? worker).Api.PostAsync(TestApi.ResetPath, ("Scope", scope))).Status);

        var before = receiver.Requests.Count;
        answers.Release(1000);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal(before, receiver.Requests.Count);
        await SendAsync(worker, receiver, 1);
        await CallbackServer.UntilAsync(() => Task.FromResult(receiver.Requests.Count == before + 3),
            "callbacks of a new message are posted");
    }

    private static async Task SendAsync(ServerUnderTest server, Receiver receiver, int messages)
    {
        var service = await server.Api.Services.CreateWithPoolAsync($"+1415555{Random.Shared.Next(1000, 10_000)}");
        await Task.WhenAll(Enumerable.Range(0,
            messages).Select(_ =>
                server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", To), ("Body", "Hi"),
                    ("StatusCallback", receiver.Url))));
    }

    private static async Task<long> CountWaitingAsync(PostgresDatabase database) =>
        (long)(await Sql.ScalarAsync(database.ConnectionString,
            "SELECT count(*) FROM owned_messages JOIN messages ON sid = message_sid WHERE status = 'delivered'"))!;
}
