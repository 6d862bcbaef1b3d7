using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>A server that others have taken for dead changes none of its former messages.</summary>
public sealed class OwnershipFenceTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_server_that_was_removed_cannot_begin_a_transaction_on_its_messages()
    {
        var services = server.Services;
        var transactions = services.GetRequiredService<MessageTransactions>();
        var node = services.GetRequiredService<NodeId>();
        var memory = services.GetRequiredService<OwnedMessages>();
        var message = Message.Accept(
            new(Sid.Create(SidPrefix.TextMessage, 1), Sid.Parse(MessagingServer.AccountSid), "+14155550100", "Hi"),
            DateTimeOffset.UnixEpoch);
        // Another test may have removed the server just now.
        OwnedMessage? owned = null;
        await Eventually.TrueAsync(() => memory.TryAdd(message, out owned), () => "It takes no messages.");
        // No stage takes it.
        owned!.Report = CarrierDelivery.Of(
            message.AccountSid, message.Sid, new(MessageStatus.Delivered, null, 0, 0),
            TimeProvider.System.GetUtcNow().AddDays(1));
        await (await BeginAsync()).DisposeAsync();

        await Sql.ScalarAsync(
            server.ConnectionString, $"UPDATE server_processes SET has_left = true WHERE id = '{node.Id}'");

        await Assert.ThrowsAsync<OwnershipLostException>(BeginAsync);
        // It registers again. Its former messages stay lost, and it takes new ones.
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT has_left FROM server_processes WHERE id = '{node.Id}'") is false, () => "It did not register.");
        await Assert.ThrowsAsync<OwnershipLostException>(BeginAsync);
        await Eventually.TrueAsync(() => memory.TryAdd(message, out owned), () => "It takes no messages.");
        owned!.Report = CarrierDelivery.Of(
            message.AccountSid, message.Sid, new(MessageStatus.Delivered, null, 0, 0),
            TimeProvider.System.GetUtcNow().AddDays(1));
        await (await BeginAsync()).DisposeAsync();

        Task<MessageTransaction> BeginAsync() =>
            transactions.BeginAsync(stage: null, [owned!], opening: null, CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_registers_acknowledges_the_clocks_that_it_uses()
    {
        await server.Api.Clock.ChangeAsync(("Advance", "PT1S"));
        await Sql.ScalarAsync(server.ConnectionString, "DELETE FROM server_processes");

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            "SELECT seen_change > change FROM server_processes CROSS JOIN account_clocks") is true,
            () => "It has not registered, or not acknowledged.");
    }

    [Fact]
    public async Task Messages_of_a_server_that_was_removed_by_mistake_are_finished()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550175");
        await server.PostAsync("/emulator/v1/CarrierRules", ("DelayMs", "3600000")).ExpectAsync(201);
        var sid = await server.Api.Messages.SendAsync(
            ("To", "+14155550100"), ("MessagingServiceSid", service), ("Body", "Hi"));
        await receiver.UntilAsync(received => received.Count == 1);

        await Sql.ScalarAsync(server.ConnectionString, "UPDATE server_processes SET has_left = true");
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM carrier_deliveries WHERE message_sid = '{sid}'") is 1L,
            () => "The message is in no queue.");
        await server.Api.Clock.ChangeAsync(("Advance", "PT3H"));

        await receiver.UntilAsync(received => received.Any(callback => callback.Status == "delivered"));
        Assert.Equal(["queued", "sent", "delivered"],
            receiver.Received.DistinctBy(callback => callback.Token).Select(callback => callback.Status));
    }
}
