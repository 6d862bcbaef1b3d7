using System.Diagnostics;
using System.Text;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>How long an application waits for the delivered callback when nothing else goes on.</summary>
internal sealed class LowLoadLatency : LoadBenchmark
{
    private const int PerSecond = 20;
    // Two steps of 100 ms, unless configured.
    private const double CarrierDelayMs = 200;

    public override string Name => "latency";

    public override string Question =>
        $"from the answer 201 to the delivered callback at {PerSecond} messages a second, beside the carrier's own "
        + $"delay";

    public override async Task RunAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync(
            "--Carrier:SentDelayMs", "100", "--Carrier:DeliveredDelayMs", "100");
        await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid, receiver.Url);
        await EndToEnd.SendAsync(run, server, receiver, call, run.Options.Choose(5_000, 500));
        await receiver.ResetAsync(run.Cancellation);

        Dictionary<string, long> accepted = [];
        var load = new OpenLoop(call, PerSecond, run.Cancellation)
        {
            OnResponse = (status, text) =>
            {
                var now = Stopwatch.GetTimestamp();
                var sid = SidOf(text);
                lock (accepted) accepted[sid] = now;
            },
        };
        var answers = (await load.RunAsync(TimeSpan.FromSeconds(run.Options.Choose(20, 3)))).Responses;
        var round = answers.AllOf(201);
        var delivered = await AllDeliveredAsync(run, receiver, accepted.Count);
        var waits = accepted.Select(message =>
            Stopwatch.GetElapsedTime(message.Value, delivered[message.Key]).TotalMilliseconds).Order().ToArray();

        var table = new TextTable("milliseconds", "median", "p99", "most");
        table.Add("request to 201", Show.Ms(round.MedianMs), Show.Ms(round.P99Ms), "");
        table.Add("201 to delivered callback", Show.Ms(waits.Median()), Show.Ms(waits.Percentile(99)),
            Show.Ms(waits[^1]));
        table.Add("of this the carrier's own delay", Show.Ms(CarrierDelayMs), "", "");
        run.Say(table.ToString());
        run.Note("201 to delivered at low load, median under three times the carrier's delay",
            $"{Show.Ms(waits.Median())} of {Show.Ms(3 * CarrierDelayMs)} ms",
            waits.Median() < 3 * CarrierDelayMs);
        await MeasureRoundTripAsync(run);
    }

    /// <summary>One message after the other without a carrier delay, as a test suite sends them.</summary>
    private static async Task MeasureRoundTripAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync(
            "--Carrier:SentDelayMs", "0", "--Carrier:DeliveredDelayMs", "0");
        await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid, receiver.Url);
        await EndToEnd.SendAsync(run, server, receiver, call, run.Options.Choose(2_000, 200));
        await receiver.ResetAsync(run.Cancellation);

        using var connection = new HttpConnection();
        await connection.OpenAsync(call.Url, run.Cancellation);
        var waits = new double[run.Options.Choose(500, 50)];
        for (var i = 0; i < waits.Length; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            var status = await connection.SendAsync(call.ToBytes(Recipients.Next()), run.Cancellation);
            if (status != 201) throw new LoadFailure($"A message was answered with {status}.");
            var delivered = await AllDeliveredAsync(run, receiver, i + 1);
            waits[i] = Stopwatch.GetElapsedTime(sent, delivered[SidOf(connection.Response)]).TotalMilliseconds;
        }

        Array.Sort(waits);
        run.Say($"one message after the other, no carrier delay: request to delivered callback "
            + $"{Show.Ms(waits.Median())} ms median, {Show.Ms(waits.Percentile(99))} ms p99");
        run.Note("request to delivered callback, no carrier delay, median under 5 ms and p99 under 15 ms",
            $"{Show.Ms(waits.Median())} and {Show.Ms(waits.Percentile(99))} ms",
            waits.Median() < 5 && waits.Percentile(99) < 15);
    }

    private static string SidOf(ReadOnlySpan<byte> response) =>
        Encoding.ASCII.GetString(response.Slice(response.IndexOf("\"sid\":\"SM"u8) + 7, 34));

    private static async Task<IReadOnlyDictionary<string, long>> AllDeliveredAsync(
        LoadRun run, RunningReceiver receiver, int messages)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
        {
            var delivered = await receiver.ReadDeliveredAsync(run.Cancellation);
            if (delivered.Count == messages) return delivered;
            await Task.Delay(20, run.Cancellation);
        }

        throw new LoadFailure($"Of {messages} messages accepted, not all had their delivered callback within 20 s.");
    }
}
