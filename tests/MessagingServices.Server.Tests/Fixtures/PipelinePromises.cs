using System.Diagnostics;
using Npgsql;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// What the pipeline promises whatever happens to servers, connections and PostgreSQL, checked when it is over on
/// everything that is stored and everything that was received.
/// </summary>
internal static class PipelinePromises
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] CallbacksInOrder = ["queued", "sent", "delivered"];

    /// <summary>
    /// Makes the database count every message that is handed to the carrier: a message is <c>sending</c> in the
    /// transaction that hands it over.
    /// </summary>
    public static Task CountHandOversAsync(string connectionString) => Sql.ScalarAsync(connectionString,
        """
        CREATE TABLE hand_overs (message_sid text NOT NULL);
        CREATE FUNCTION hand_overs_of(status_changes text) RETURNS bigint LANGUAGE sql AS
            $$ SELECT count(*) FROM jsonb_array_elements(status_changes::jsonb) AS change
               WHERE change->>'status' = 'sending' $$;
        CREATE FUNCTION count_hand_over() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                INSERT INTO hand_overs SELECT NEW.sid FROM generate_series(
                    1, hand_overs_of(NEW.status_changes) - hand_overs_of(OLD.status_changes));
                RETURN NULL;
            END $$;
        CREATE TRIGGER count_hand_over AFTER UPDATE OF status_changes ON messages FOR EACH ROW EXECUTE FUNCTION
            count_hand_over();
        """);

    /// <summary>
    /// Waits until all is done, then checks it: no message that was answered with 201 is lost; each was handed to the
    /// carrier once and had each status once, in order; each callback has arrived, in order and for the message's
    /// account, repeats with the same token. Shows the counts.
    /// </summary>
    /// <param name="happened">What had happened.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="accepted">The messages that were answered with 201.</param>
    /// <param name="receiver">Where the callbacks went.</param>
    /// <returns>How many messages are stored, and how many callbacks came more than once.</returns>
    public static async Task<(int Stored, int Repeated)> CheckAsync(
        string happened, string connectionString, IReadOnlyCollection<string> accepted, CallbackReceiver receiver)
    {
        await UntilDoneAsync(connectionString);
        var stored = await ReadAsync(connectionString,
            "SELECT sid, (SELECT string_agg(step->>'status', ' ') FROM jsonb_array_elements(status_changes::jsonb) "
                + "AS step) FROM messages");
        var handOvers = await ReadAsync(connectionString,
            "SELECT message_sid, count(*)::text FROM hand_overs GROUP BY 1");
        var received = receiver.Received.ToLookup(callback => callback.MessageSid);

        var lost = accepted.Except(stored.Keys).ToList();
        var twice = handOvers.Where(message => message.Value != "1").ToList();
        var repeated = receiver.Received.Count - (CallbacksInOrder.Length * stored.Count);
        Counted.Show(
            $"{happened}: {accepted.Count:N0} answered 201, {lost.Count} lost, {twice.Count} handed over twice, "
            + $"{receiver.Received.Count - repeated:N0} callbacks, {repeated} repeated");

        Assert.Empty(lost);
        Assert.Empty(twice);
        Assert.Equal(stored.Keys.Order(), handOvers.Keys.Order());
        Assert.All(stored, message => Assert.Equal("accepted queued sending sent delivered", message.Value));
        Assert.All(stored.Keys,
            sid =>
                Assert.Equal(CallbacksInOrder,
                    received[sid].DistinctBy(callback => callback.Token).Select(callback => callback.Status)));
        Assert.Equal(stored.Count, received.Count);
        var accounts = await ReadAsync(connectionString, "SELECT sid, account_sid FROM messages");
        Assert.All(receiver.Received,
            callback => Assert.Equal(accounts[callback.MessageSid], callback.Parameters["AccountSid"]));
        Assert.Equal(0L, await Sql.ScalarAsync(connectionString,
            "SELECT count(*) FROM webhooks WHERE outcome <> 'delivered'"));
        return (stored.Count, repeated);
    }

    private static async Task UntilDoneAsync(string connectionString)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            // The pause is long, since the query reads all messages.
            var left = await ReadAsync(connectionString,
                """
                SELECT 'undelivered messages', count(*)::text FROM messages WHERE status <> 'delivered'
                UNION ALL SELECT 'queued messages', count(*)::text FROM message_queue
                UNION ALL SELECT 'messages in memory', count(*)::text FROM owned_messages
                UNION ALL SELECT 'deliveries', count(*)::text FROM carrier_deliveries
                UNION ALL SELECT 'webhooks', count(*)::text FROM webhook_queue
                """);
            if (left.Values.All(count => count == "0")) return;
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience,
                "Not done: " + string.Join(", ", left.Select(kind => $"{kind.Value} {kind.Key}")));
        }
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, string> rows = [];
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0), reader.GetString(1));
        return rows;
    }
}
