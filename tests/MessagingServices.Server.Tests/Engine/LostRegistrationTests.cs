using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>A server does not learn that it is registered, because its connection breaks just then.</summary>
public sealed class LostRegistrationTests(ProxiedMessagingServer server) : IClassFixture<ProxiedMessagingServer>
{
    [Theory]
    [InlineData(CommitCut.BeforeItArrives)]
    [InlineData(CommitCut.AfterItHappened)]
    public async Task A_server_whose_registration_was_cut_off_takes_messages_into_its_memory_again(CommitCut cut)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var memory = server.Services.GetRequiredService<OwnedMessages>();
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, NumbersApi.New());

        var happened = server.Proxy.AtCommitOf("INSERT INTO server_processes", cut);
        await Sql.ScalarAsync(server.ConnectionString, "DELETE FROM server_processes");
        await happened.WaitAsync(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(async () =>
        {
            var sid = Sid.Parse(await server.Api.Messages.SendAsync(
                ("To", "+14155550106"), ("MessagingServiceSid", service), ("Body", "Hi")));
            return memory.Contains(sid);
        }, () => "It takes no messages.");
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM messages WHERE status <> 'delivered'") is 0L, () => "Messages are left.");
        await Eventually.TrueAsync(() => memory.Count == 0, () => "Messages stay in memory.");
        await Eventually.TrueAsync(
            () => receiver.Received.GroupBy(callback => callback.MessageSid).All(callbacks => callbacks.Count() >= 3),
            () => "Callbacks are missing.");
        Assert.All(receiver.Received.GroupBy(callback => callback.MessageSid), callbacks => Assert.Equal(
            ["queued", "sent", "delivered"], callbacks.Select(callback => callback.Status)));
    }
}
