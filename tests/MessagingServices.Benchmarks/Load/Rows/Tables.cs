using MessagingServices.Benchmarks.Load.Processes;
using System.Diagnostics;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Rows;

/// <summary>What the server's tables hold.</summary>
internal static class Tables
{
    /// <summary>
    /// Empties all that messages leave, and writes it out: each round starts alike, and none pays for the one before.
    /// </summary>
    public static async Task EmptyAsync(this Database database, CancellationToken cancellation)
    {
        // Queues first, in the order of the server: its last writes would otherwise cause a deadlock.
        await database.ExecuteAsync(
            "TRUNCATE message_queue, owned_messages, webhook_queue, carrier_deliveries, messages, webhooks, "
                + "sender_selections, sticky_senders", cancellation);
        await database.ExecuteAsync("CHECKPOINT", cancellation);
    }

    public static Task<long> CountMessagesAsync(this Database database, CancellationToken cancellation) =>
        database.ReadAsync<long>("SELECT count(*) FROM messages", cancellation);

    /// <summary>What the stages have still to do: messages, carrier's reports and webhooks.</summary>
    public static Task<long> CountBacklogAsync(this Database database, CancellationToken cancellation) =>
        database.ReadAsync<long>(
        "SELECT (SELECT count(*) FROM message_queue) + (SELECT count(*) FROM owned_messages) "
            + "+ (SELECT count(*) FROM carrier_deliveries) + (SELECT count(*) FROM webhook_queue)", cancellation);

    /// <summary>Waits until the stages have nothing to do.</summary>
    /// <exception cref="LoadFailure">For a minute, nothing moved.</exception>
    public static async Task<TimeSpan> DrainAsync(this Database database, CancellationToken cancellation)
    {
        var (began, moved, least) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), long.MaxValue);
        // Cheap enough: counting is done four times a second, by one connection.
        while (await database.CountBacklogAsync(cancellation) is > 0 and var backlog)
        {
            if (backlog < least) (least, moved) = (backlog, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(moved) > TimeSpan.FromMinutes(1)) throw new LoadFailure(
                $"The backlog stays at {backlog}.");
            await Task.Delay(250, cancellation);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Checks that exactly the messages that were answered 201 are stored.</summary>
    /// <param name="database">The database, which was empty before.</param>
    /// <param name="result">What the load generator saw.</param>
    /// <param name="cutOff">How many requests it may have dropped at the end before their answers came.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LoadFailure">There are fewer, or more.</exception>
    public static async Task CheckStoredAsync(
        this Database database, LoadResult result, int cutOff, CancellationToken cancellation)
    {
        var (rows, created) = (await database.CountMessagesAsync(cancellation), result.Count(201));
        if (rows < created) throw new LoadFailure($"{created} messages were answered 201, but only {rows} are stored.");
        if (rows > created + cutOff) throw new LoadFailure(
            $"{rows} messages are stored, but only {created} were answered 201.");
    }
}
