using System.Diagnostics;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// How many messages go all the way: accepted, selected, sent, delivered, with three callbacks received each.
/// </summary>
internal sealed class EndToEnd : LoadBenchmark
{
    private const int Connections = 64;

    public override string Name => "end-to-end";

    public override string Question =>
        "messages a second from the first request to the last of three status callbacks each, and whose time they take";

    public override async Task RunAsync(LoadRun run)
    {
        var messages = run.Options.Choose(60_000, 6_000);
        await using var server = await run.StartServerAsync();
        await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid, receiver.Url);
        await SendAsync(run, server, receiver, call, messages / 12);
        var before = CpuTimes.Read(server, receiver);
        await server.Database.EmptyAsync(run.Cancellation);
        await receiver.ResetAsync(run.Cancellation);

        var began = Stopwatch.GetTimestamp();
        var (accepted, last) = await SendAsync(run, server, receiver, call, messages);
        var used = CpuTimes.Read(server, receiver) - before;
        var took = Stopwatch.GetElapsedTime(began, last);
        await CheckAsync(run, server, messages);
        Report(run, messages, accepted, took, used);
    }

    /// <summary>Sends messages and waits for all their callbacks.</summary>
    /// <returns>What the load generator saw, and when the last callback came.</returns>
    internal static Task<(LoadResult Accepted, long Last)> SendAsync(
        LoadRun run, RunningServer server, RunningReceiver receiver, MessageCall call, int messages) =>
        SendAsync(run, server, receiver, [call], messages);

    /// <summary>The same through several servers, each of which gets its part of the messages.</summary>
    internal static async Task<(LoadResult Accepted, long Last)> SendAsync(
        LoadRun run, RunningServer server, RunningReceiver receiver, IReadOnlyList<MessageCall> calls, int messages)
    {
        run.Progress($"{messages} messages");
        var before = await receiver.ReadAsync(run.Cancellation);
        var parts = await Task.WhenAll(calls.Select(call => ClosedLoop.SendAsync(
            call, Connections / calls.Count, messages / calls.Count, run.Cancellation)));
        foreach (var part in parts) part.AllOf(201);
        var accepted = parts[0];
        var (moved, received) = (Stopwatch.GetTimestamp(), before.Received);
        while (true)
        {
            var seen = await receiver.ReadAsync(run.Cancellation);
            if (seen.Complete - before.Complete == messages)
            {
                if (seen.OutOfOrder + seen.Unknown > 0) throw new LoadFailure(
                    $"{seen.OutOfOrder} callbacks came out of order, {seen.Unknown} of unknown statuses.");
                await server.Database.DrainAsync(run.Cancellation);
                return (accepted, seen.Last);
            }

            if (seen.Received > received) (moved, received) = (Stopwatch.GetTimestamp(), seen.Received);
            if (Stopwatch.GetElapsedTime(moved) > TimeSpan.FromMinutes(1))
                throw new LoadFailure(
                    $"Of {messages} messages accepted, only {seen.Complete - before.Complete} had all callbacks.");
            await Task.Delay(100, run.Cancellation);
        }
    }

    private static async Task CheckAsync(LoadRun run, RunningServer server, int messages)
    {
        var delivered = await server.Database.ReadAsync<long>(
            "SELECT count(*) FROM messages WHERE status = 'delivered'", run.Cancellation);
        var failed = await server.Database.ReadAsync<long>(
            "SELECT count(*) FROM webhooks WHERE outcome <> 'delivered'", run.Cancellation);
        if (delivered != messages || failed > 0) throw new LoadFailure(
            $"{delivered} of {messages} messages are delivered; {failed} webhooks are not.");
    }

    private static void Report(LoadRun run, int messages, LoadResult accepted, TimeSpan took, CpuTimes used)
    {
        var perSecond = messages / took.TotalSeconds;
        var rates = new TextTable("messages", "accepted/s", "accepting p99 ms", "end to end/s", "took");
        rates.Add(Show.Count(messages), Show.PerSecond(accepted.PerSecond), Show.Ms(accepted.P99Ms),
            Show.PerSecond(perSecond), Show.Seconds(took));
        run.Say(rates.ToString());
        run.Say(used.Table(messages, took));
        run.Note("end to end, at least 3,000 messages a second",
            $"{Show.PerSecond(perSecond)} over {Show.Count(messages)}", perSecond >= 3_000);
        run.Note("end to end, the backlog returns to zero, three callbacks each, in order", "yes", holds: true);
    }
}
