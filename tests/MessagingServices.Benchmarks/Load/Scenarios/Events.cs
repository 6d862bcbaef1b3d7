using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// What event streams cost: processor time a message without listeners and with ten, and whether they get every event.
/// </summary>
internal sealed class Events : LoadBenchmark
{
    private const int PerSecond = 200;
    private const int Listeners = 10;
    private const int Rounds = 10;
    private const string Resyncs = "messaging_services_events_resyncs_total";

    public override string Name => "events";

    public override string Question =>
        $"what {Listeners} listeners to events cost at {PerSecond} messages a second, and whether they miss any";

    public override async Task RunAsync(LoadRun run)
    {
        // Two servers: the events of an account are kept for a minute after its last listener has left.
        await using var silent = await run.StartServerAsync();
        await using var heard = await run.StartServerAsync();
        await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
        using var client = new HttpClient
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(RunningServer.Credentials))),
            },
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        Listener[] listeners = [.. Enumerable.Range(0, Listeners).Select(_ => new Listener(client, heard.Url))];
        var reading = Task.WhenAll(listeners.Select(listener => listener.ReadAsync(stop.Token)));
        (string Name, RunningServer Server, List<double> Rounds)[] sides =
            [("no listener", silent, []), ($"{Listeners} listeners", heard, [])];
        foreach (var (_, server, _) in sides)
            await SendAsync(run, server, receiver, TimeSpan.FromSeconds(run.Options.Choose(10, 2)));
        // While the code is compiled, a frame may take long and have too many changes.
        var resyncsBefore = await CountResyncsAsync(client, heard.Url, run.Cancellation);
        for (var round = 1; round <= run.Options.Choose(Rounds, 1); round++)
        {
            foreach (var (name, server, rounds) in sides)
            {
                await server.Database.ExecuteAsync("CHECKPOINT", run.Cancellation);
                var before = Cpu(server);
                var sent = await SendAsync(
                    run, server, receiver, TimeSpan.FromSeconds(run.Options.Choose(10, 3)));
                rounds.Add((Cpu(server) - before) / sent);
                run.Progress($"{name}, round {round}: {Show.Microseconds(rounds[^1])} µs a message");
            }
        }

        var table = new TextTable($"{PerSecond} messages a second", "µs of processor a message", "least", "most");
        foreach (var (name, _, rounds) in sides)
            table.Add(name, Show.Microseconds(rounds.Median()), Show.Microseconds(rounds.Min()),
                Show.Microseconds(rounds.Max()));
        run.Say(table.ToString());
        var more = ((sides[1].Rounds.Median() / sides[0].Rounds.Median()) - 1) * 100;
        run.Note($"{Listeners} listeners take at most 5 % more processor time", Show.Percent(more), more <= 5);
        var resyncs = await CountResyncsAsync(client, heard.Url, run.Cancellation) - resyncsBefore;
        run.Say($"{Show.Count(listeners.Sum(listener => listener.Events))} events, {resyncs} resyncs");
        run.Note($"no resync at {PerSecond} messages a second", $"{resyncs}", resyncs == 0);
        await stop.CancelAsync();
        await reading;
    }

    /// <summary>Sends at a fixed rate, and waits for the last callback.</summary>
    /// <returns>The number of messages.</returns>
    private static async Task<int> SendAsync(
        LoadRun run, RunningServer server, RunningReceiver receiver, TimeSpan duration)
    {
        await receiver.ResetAsync(run.Cancellation);
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid, receiver.Url);
        var accepted = 0;
        var load = new OpenLoop(call, PerSecond, run.Cancellation)
        {
            OnResponse = (_, _) => Interlocked.Increment(ref accepted),
        };
        (await load.RunAsync(duration)).Responses.AllOf(201);
        for (var waited = 0; waited < 1000; waited++)
        {
            if ((await receiver.ReadDeliveredAsync(run.Cancellation)).Count == accepted) return accepted;
            await Task.Delay(20, run.Cancellation);
        }

        throw new LoadFailure($"Of {accepted} messages accepted, not all had their delivered callback within 20 s.");
    }

    private static double Cpu(RunningServer server) =>
        ProcessUse.CpuSeconds(server.ProcessId) + ProcessUse.CpuSecondsOfAll(server.Database.Postmaster);

    private static async Task<long> CountResyncsAsync(HttpClient client, string url, CancellationToken cancellation)
    {
        var metrics = await client.GetStringAsync($"{url}/metrics", cancellation);
        // A counter that has counted nothing is absent.
        return metrics.Split('\n').Where(line => line.StartsWith(Resyncs, StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A client that reads events and counts them.</summary>
    private sealed class Listener(HttpClient client, string url)
    {
        private long events;

        public long Events => Interlocked.Read(ref events);

        public async Task ReadAsync(CancellationToken cancellation)
        {
            try
            {
                using var reader = new StreamReader(
                    await client.GetStreamAsync($"{url}/emulator/v1/Events", cancellation));
                while (await reader.ReadLineAsync(cancellation) is { } line)
                    if (line.StartsWith("event:", StringComparison.Ordinal)) Interlocked.Increment(ref events);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
            }
        }
    }
}
