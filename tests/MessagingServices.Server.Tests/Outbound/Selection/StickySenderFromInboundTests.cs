using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Selection;

/// <summary>
/// Who writes first is answered from the sender that was written to:
/// https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
public sealed class StickySenderFromInboundTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string First = "+14155550001", Second = "+14155550002", Person = "+14155550123";

    [Fact]
    public async Task A_message_from_a_new_recipient_makes_the_mapping()
    {
        var (service, phone) = await PoolAsync();

        await phone.SendAsync(Second, "Hi");

        Assert.Equal([$"{Person} {Second}"], await server.Api.Services.StickySendersAsync(service));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, Person));
        Assert.Equal(Second, (await phone.ExpectSmsAsync("News")).From);
    }

    [Fact]
    public async Task It_changes_none_that_is_there()
    {
        var (service, phone) = await PoolAsync();
        Assert.Equal(First, await server.Api.Messages.SenderForAsync(service, Person));

        await phone.SendAsync(Second, "Hi");
        await phone.SendAsync(Second, "Hello?");

        Assert.Equal([$"{Person} {First}"], await server.Api.Services.StickySendersAsync(service));
        Assert.Equal(First, await server.Api.Messages.SenderForAsync(service, Person));
    }

    [Fact]
    public async Task Nor_does_a_second_message_to_another_sender_of_the_pool()
    {
        var (service, phone) = await PoolAsync();

        await phone.SendAsync(Second, "Hi");
        await phone.SendAsync(First, "Hi");

        Assert.Equal([$"{Person} {Second}"], await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task A_keyword_makes_it_too_and_so_does_what_is_dropped()
    {
        var (service, phone) = await PoolAsync();
        await server.Api.Services.SendInboundToAsync(service, "");

        await phone.SendAsync(Second, "HELP");

        Assert.Equal([$"{Person} {Second}"], await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task With_sticky_sender_off_it_makes_none()
    {
        var (service, phone) = await PoolAsync();
        await server.PostAsync($"/v1/Services/{service}", ("StickySender", "false")).ExpectAsync(200);

        await phone.SendAsync(Second, "Hi");

        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task SMS_and_WhatsApp_are_apart_and_RCS_makes_none()
    {
        var (service, phone) = await PoolAsync();
        foreach (var sender in new[] { $"whatsapp:{First}", $"whatsapp:{Second}", "rcs:agent/US" })
            await server.Api.Services.AddSenderAsync(service, sender);

        await new Handset(server, $"rcs:{Person}").SendAsync("rcs:agent", "Hi");
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        await phone.SendAsync(First, "Hi");
        await new Handset(server, $"whatsapp:{Person}").SendAsync($"whatsapp:{Second}", "Hi");

        Assert.Equal([$"{Person} {First}", $"whatsapp:{Person} whatsapp:{Second}"],
            await server.Api.Services.StickySendersAsync(service));
    }

    private async Task<(string Service, Handset Phone)> PoolAsync()
    {
        await server.Api.ResetAsync();
        return (await server.Api.Services.CreateWithPoolAsync(First, Second), new(server, Person));
    }
}
