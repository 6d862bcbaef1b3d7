using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Outbound.Throughput;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>A queued message does not go to a recipient who opts out while it waits.</summary>
public sealed class OptOutWhileQueuedTests(UnhurriedMessagingServer server) : IClassFixture<UnhurriedMessagingServer>
{
    private const string Number = "+14155550401", To = "+14155550491", Other = "+14155550492";

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task They_fail_when_their_turn_comes(bool isInPool, bool throughService)
    {
        await server.Api.ResetAsync();
        await server.PostAsync("/emulator/v1/Clock", ("Frozen", "true")).ExpectAsync(200);
        var service = isInPool ? await server.Api.Services.CreateWithPoolAsync(Number) : null;
        if (!isInPool) await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", Number));
        (string, string) sender = throughService ? ("MessagingServiceSid", service!) : ("From", Number);
        var first = await SendAsync(Other, sender);
        await server.Api.Messages.UntilAsync(first, "sending");
        var (waiting, next) = (await SendAsync(To, sender), await SendAsync(Other, sender));
        foreach (var sid in new[] { waiting, next }) await server.Api.Messages.UntilAsync(sid, "queued");

        await server.Api.OptOuts.ConsentAsync(To, service ?? Number);
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1M")).ExpectAsync(200);

        Assert.Equal("21610", (await server.Api.Messages.UntilAsync(waiting, "failed"))["error_code"]);
        foreach (var sid in new[] { first, next }) await server.Api.Messages.UntilAsync(sid, "delivered");
    }

    private Task<string> SendAsync(string to, (string, string) sender) =>
        server.Api.Messages.SendAsync(sender, ("To", to), ("Body", "Hello"));
}
