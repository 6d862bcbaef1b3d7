using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Scenarios;

namespace MessagingServices.Benchmarks.Load.Rows;

/// <summary>
/// Tables as many delivered messages to as many recipients leave them: copies of what one message left that went
/// through all stages, with its sticky sender and its three webhooks.
/// </summary>
internal static class FilledTables
{
    private const int AtATime = 50_000;
    private const string Sid = "'SM' || md5('message' || i)";
    // Of an area code that no request uses.
    private const string To = "'+1646' || (2000000 + i)";

    public static async Task FillAsync(LoadRun run, RunningServer server, int messages)
    {
        await DeliverOneAsync(run, server);
        var original = await server.Database.ReadAsync<string>(
            "SELECT sid FROM messages WHERE status = 'delivered'", run.Cancellation);
        var age = $"({messages} - i) * interval '1 millisecond'";
        Copies[] tables =
        [
            new("messages", $"sid = '{original}'",
                ("sid", Sid), ("to", To), ("date_created", $"date_created - {age}"),
                    ("date_updated", $"date_updated - {age}"), ("date_sent", $"date_sent - {age}")),
            new("sticky_senders", "true", ("to", To)),
            new("webhooks", $"message_sid = '{original}'",
                ("sid", "'WH' || md5(sid || i)"), ("message_sid", Sid), ("idempotency_token", "gen_random_uuid()"),
                    ("date_created", $"date_created - {age}")),
        ];
        foreach (var table in tables) await CopyAsync(run, server.Database, table, messages);
        await server.Database.ExecuteAsync("CHECKPOINT", run.Cancellation);
    }

    private static async Task CopyAsync(LoadRun run, Database database, Copies copies, int messages)
    {
        run.Progress($"filling {copies.Table}");
        var columns = await TableColumns.ReadAsync(database, copies.Table, run.Cancellation);
        // The rows to copy, held apart: the table grows.
        await database.ExecuteAsync(
            $"CREATE TABLE original_{copies.Table} AS SELECT * FROM {copies.Table} WHERE {copies.Where}",
            run.Cancellation);
        for (var first = 1; first <= messages; first += AtATime)
        {
            await database.ExecuteAsync(
                columns.CopySql($"original_{copies.Table}", first, Math.Min(messages, first + AtATime - 1),
                    copies.Changes), run.Cancellation);
        }

        await database.ExecuteAsync($"DROP TABLE original_{copies.Table}", run.Cancellation);
        await database.ExecuteAsync($"VACUUM ANALYZE {copies.Table}", run.Cancellation);
    }

    private static async Task DeliverOneAsync(LoadRun run, RunningServer server)
    {
        await using var delivering = await RunningServer.StartBesideAsync(server, [], run.Cancellation);
        await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
        var call = MessageCall.To(delivering.Url, RunningServer.Credentials, delivering.MessagingServiceSid,
            receiver.Url);
        await EndToEnd.SendAsync(run, delivering, receiver, call, 1);
    }

    /// <summary>
    /// The rows of a table to copy, and the expressions over the number <c>i</c> in which the copies differ.
    /// </summary>
    private sealed record Copies(string Table, string Where,
        params IReadOnlyList<(string Column, string Expression)> Changes);
}
