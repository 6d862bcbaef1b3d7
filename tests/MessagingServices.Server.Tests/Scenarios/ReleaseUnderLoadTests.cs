using System.Collections.Concurrent;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Messages leave the memory of a busy server all the time, in the middle of every step.</summary>
[Collection(typeof(LoadTests))]
public sealed class ReleaseUnderLoadTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int Messages = 600;
    private const int RoundsBetweenLosses = 10;

    private OwnedMessages Memory => server.Services.GetRequiredService<OwnedMessages>();

    [Fact]
    public async Task Each_message_goes_on_once_and_its_callbacks_stay_in_order()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await PipelinePromises.CountHandOversAsync(server.ConnectionString);
        var service = await server.Api.Services.CreateWithCallbackAsync(
            receiver.Url, NumbersApi.New(), NumbersApi.New());
        ConcurrentBag<string> accepted = [];

        var sending = Parallel.ForEachAsync(Enumerable.Range(0, Messages),
            new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => accepted.Add(
                await server.Api.Messages.SendAsync(("To", $"+1415553{number:0000}"), ("MessagingServiceSid", service),
                    ("Body", $"Message {number}"))));
        var rounds = await DisturbUntilAsync(sending);
        await sending;

        await PipelinePromises.CheckAsync(
            $"{rounds} releases of messages from memory", server.ConnectionString, accepted, receiver);
    }

    private async Task<int> DisturbUntilAsync(Task end)
    {
        var rounds = 0;
        for (; !end.IsCompleted; rounds++)
        {
            Memory.Release(await ReadSomeAsync());
            if (rounds % RoundsBetweenLosses != RoundsBetweenLosses - 1) continue;
            // All others take it for dead. It forgets its messages and registers again.
            await Sql.ScalarAsync(server.ConnectionString, "UPDATE server_processes SET has_left = true");
            await Eventually.TrueAsync(async () => await Sql.ScalarAsync(
                server.ConnectionString, "SELECT count(*) FROM server_processes WHERE NOT has_left") is 1L,
                () => "The server has not registered again.");
        }

        return rounds;
    }

    private async Task<IReadOnlyList<Sid>> ReadSomeAsync()
    {
        await using NpgsqlConnection connection = new(server.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(
            "SELECT message_sid FROM owned_messages WHERE random() < 0.3", connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<Sid> some = [];
        while (await reader.ReadAsync()) some.Add(Sid.Parse(reader.GetString(0)));
        return some;
    }
}
