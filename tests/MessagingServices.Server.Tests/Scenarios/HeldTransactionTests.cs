using System.Data;
using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A transaction is held open, as a backup does for hours.</summary>
public sealed class HeldTransactionTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int Messages = 300;

    [Fact]
    public async Task Messages_move_on_while_a_long_transaction_is_open()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await PipelinePromises.CountHandOversAsync(server.ConnectionString);
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171", "+14155550172");
        await using var backup = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await backup.OpenAsync();
        await using var held = await backup.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await using var read =
            new NpgsqlCommand("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM message_queue)", backup,
                held);
        Assert.Equal(0L, await read.ExecuteScalarAsync());

        var accepted = await Task.WhenAll(Enumerable.Range(0,
            Messages).Select(i =>
                server.Api.Messages.SendAsync(("To", $"+1415558{i:0000}"), ("MessagingServiceSid", service),
                    ("Body", $"Message {i}"))));

        var (stored, repeated) = await PipelinePromises.CheckAsync("a held REPEATABLE READ transaction",
            server.ConnectionString, accepted, receiver);
        Assert.Equal((Messages, 0), (stored, repeated));
        Assert.Equal(0L, await read.ExecuteScalarAsync());
    }
}
