using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// What becomes of messages that arrive twice as fast as the server takes them, and how soon it is itself again.
/// </summary>
internal sealed class Overload : LoadBenchmark
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public override string Name => "overload";

    public override string Question =>
        "messages that arrive at a fixed rate, twice what the server takes, and latency 5 s after";

    public override async Task RunAsync(LoadRun run)
    {
        var table = new TextTable("at twice its capacity", "arriving/s", "201/s", "429", "not sent", "201 p50 ms",
            "201 p99 ms", "stored", "p50 before", "p50 after", "p99 before", "p99 after");
        await OverloadAsync(run, table, "only accepting", "--Pipeline:Stages=");
        await OverloadAsync(run, table, "all stages on");
        run.Say(table.ToString());
        run.Say($"Latency counts from when a request was to be sent. Before and after are measured at a fifth of the "
            + $"capacity, after a rest of 5 s.\n"
            + $"Not sent: their time came while {Show.Count(OpenLoop.MaxConnections)} connections waited for "
                + $"answers, and they were dropped.\n");
    }

    private static async Task OverloadAsync(LoadRun run, TextTable table, string name, params string[] options)
    {
        await using var server = await run.StartServerAsync(options);
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
        (await ClosedLoop.SendAsync(call, 64, run.Options.WarmUpRequests, run.Cancellation)).AllOf(201);
        // The capacity is that for these clients, which take their share of the cores.
        var capacity = (await ClosedLoop.SendAsync(call, 64, run.Options.WarmUpRequests * 2, run.Cancellation))
            .AllOf(201).PerSecond;
        if (options.Length == 0) await server.Database.DrainAsync(run.Cancellation);
        await server.Database.EmptyAsync(run.Cancellation);
        var seconds = TimeSpan.FromSeconds(run.Options.Choose(5, 2));

        run.Progress($"{name}: capacity {Show.PerSecond(capacity)}/s");
        var before = (await new OpenLoop(call, capacity / 5, run.Cancellation).RunAsync(seconds)).Responses;
        before.AllOf(201);
        var loaded = await new OpenLoop(call, 2 * capacity, run.Cancellation)
            .RunAsync(TimeSpan.FromSeconds(run.Options.Choose(30, 4)));
        run.Progress($"{name}: {loaded.Responses.Describe()}");
        await Task.Delay(Rest, run.Cancellation);
        var after = (await new OpenLoop(call, capacity / 5, run.Cancellation).RunAsync(seconds)).Responses;
        after.AllOf(201);

        var accepted = loaded.Responses.Count(201);
        var refused = loaded.Responses.Count(429);
        if (accepted + refused != loaded.Responses.Answers || loaded.Responses.Broken > 0)
            throw new LoadFailure(
                $"{name}: every answer should have been 201 or 429, but there were {loaded.Responses.Describe()}.");
        var stored = await server.Database.CountMessagesAsync(run.Cancellation) - before.Count(201) - after.Count(201);
        if (stored != accepted) throw new LoadFailure(
            $"{name}: {accepted} messages were answered 201, but {stored} are stored.");

        table.Add(name, Show.PerSecond(2 * capacity), Show.PerSecond(accepted / loaded.Responses.Elapsed.TotalSeconds),
            Show.Count(refused), Show.Count(loaded.NotSent),
            Show.Ms(loaded.Accepted.P50Ms), Show.Ms(loaded.Accepted.P99Ms), Show.Count(stored),
            Show.Ms(before.P50Ms), Show.Ms(after.P50Ms), Show.Ms(before.P99Ms), Show.Ms(after.P99Ms));
        run.Note($"overload, {name}: 201 or 429 only, and stored what was answered 201",
            $"{Show.Count(stored)} of {Show.Count(accepted)}", holds: true);
        run.Note($"overload, {name}: normal latency 5 s after (median at most 1.5 times, or 5 ms more)",
            $"{Show.Ms(before.P50Ms)} before, {Show.Ms(after.P50Ms)} ms after",
                after.P50Ms <= Math.Max(1.5 * before.P50Ms, before.P50Ms + 5));
    }
}
