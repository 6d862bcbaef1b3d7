using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// The server beside other emulators of Twilio's API. They keep messages in memory or not at all; it commits them.
/// </summary>
internal sealed class Peers : LoadBenchmark
{
    private const int Connections = 64;
    // emulate answers 5,000 requests, and then 403.
    private const int EmulateWarmUp = 900;
    private const int EmulateRequests = 4_000;
    private const string EmulateCredentials = "AC00000000000000000000000000000000:twilio_test_auth_token";
    private const string EmulateService = "MG00000000000000000000000000000000";

    public override string Name => "peers";

    public override string Question =>
        $"messages accepted a second at {Connections} connections, beside Stoplight Prism and emulate";

    public override async Task RunAsync(LoadRun run)
    {
        run.Progress("installing the peers");
        await PeerPackages.InstallAsync(run.Cancellation);
        await using var server = await run.StartServerAsync("--Pipeline:Stages=");
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
        (await ClosedLoop.SendAsync(call, Connections, run.Options.WarmUpRequests, run.Cancellation)).AllOf(201);
        await UnlessSkippedAsync(run, () => BesidePrismAsync(run, server, call));
        await UnlessSkippedAsync(run, () => BesideEmulateAsync(run, server, call));
    }

    /// <summary>A peer that is missing does not keep the other from being measured.</summary>
    private static async Task UnlessSkippedAsync(LoadRun run, Func<Task> compareAsync)
    {
        try
        {
            await compareAsync();
        }
        catch (LoadSkipped reason)
        {
            run.Say($"Skipped: {reason.Message}\n");
        }
    }

    private static async Task BesidePrismAsync(LoadRun run, RunningServer server, MessageCall call)
    {
        var port = Ports.Free();
        await using var prism = PeerPackages.StartPrism(port);
        await prism.AnswersAsync($"http://127.0.0.1:{port}/", run.Cancellation, anyStatus: true);
        var prismCall = MessageCall.To($"http://127.0.0.1:{port}", RunningServer.Credentials,
            server.MessagingServiceSid);
        (await ClosedLoop.SendAsync(prismCall, Connections, run.Options.Choose(2_000, 200), run.Cancellation))
            .AllOf(201);
        var compared = await Comparison.RunAsync(run,
            new Side("server", () => AcceptAsync(run, server, () =>
                Wrk.SendAsync(run, call, Connections, run.Options.Seconds))),
            new Side("Prism", async () => (await Wrk.SendAsync(run, prismCall, Connections, run.Options.Seconds))
                .AllOf(201)));
        Report(run, "Prism", compared, 15);
    }

    private static async Task BesideEmulateAsync(LoadRun run, RunningServer server, MessageCall call)
    {
        // With what the server is sent in a round, it is measured for about as long as emulate.
        var requests = run.Options.Choose(30_000, 4_000);
        var compared = await Comparison.RunAsync(run,
            new Side("server", () => AcceptAsync(run, server, () =>
                ClosedLoop.SendAsync(call, Connections, requests, run.Cancellation))),
            new Side("emulate", () => EmulateAsync(run)));
        Report(run, "emulate", compared, 2);
    }

    private static async Task<Round> AcceptAsync(LoadRun run, RunningServer server, Func<Task<LoadResult>> sendAsync)
    {
        await server.Database.EmptyAsync(run.Cancellation);
        var result = await sendAsync();
        var round = result.AllOf(201);
        await server.Database.CheckStoredAsync(result, Connections, run.Cancellation);
        return round;
    }

    /// <summary>A new process for each round, since one answers no more than a round needs.</summary>
    private static async Task<Round> EmulateAsync(LoadRun run)
    {
        var port = Ports.Free();
        await using var emulate = PeerPackages.StartEmulate(port);
        await emulate.AnswersAsync($"http://127.0.0.1:{port}/", run.Cancellation, anyStatus: true);
        var call = MessageCall.To($"http://127.0.0.1:{port}", EmulateCredentials, EmulateService);
        (await ClosedLoop.SendAsync(call, Connections, EmulateWarmUp, run.Cancellation)).AllOf(201);
        return (await ClosedLoop.SendAsync(call, Connections, EmulateRequests, run.Cancellation)).AllOf(201);
    }

    private static void Report(LoadRun run, string peer, IReadOnlyList<Series> compared, double promised)
    {
        var table = Comparison.NewTable($"beside {peer}");
        Comparison.Add(table, "", compared);
        run.Say(table.ToString());
        var ratio = compared[0].PerSecond / compared[1].PerSecond;
        run.Note($"at least {promised} times {peer}", Show.Ratio(ratio), ratio >= promised);
    }
}
