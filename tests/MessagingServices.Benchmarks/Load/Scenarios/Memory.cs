using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// How much memory the server's process holds: idle, while it accepts, and while messages go all the way.
/// </summary>
internal sealed class Memory : LoadBenchmark
{
    private const int Connections = 256;

    public override string Name => "memory";

    public override string Question => "resident memory of the server's process, without PostgreSQL's";

    public override async Task RunAsync(LoadRun run)
    {
        var table = new TextTable("resident memory", "idle", "most under load", "after load");
        var accepting = await MeasureAsync(run, table, $"accepting at {Connections} connections", async server =>
        {
            var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
            (await Wrk.SendAsync(run, call, Connections, run.Options.Choose(15, 3))).AllOf(201);
        }, "--Pipeline:Stages=");
        var endToEnd = await MeasureAsync(run, table, "end to end", async server =>
        {
            await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
            var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid, receiver.Url);
            await EndToEnd.SendAsync(run, server, receiver, call, run.Options.Choose(60_000, 3_000));
        });
        run.Say(table.ToString());
        var (idle, most) = (Math.Max(accepting.Idle, endToEnd.Idle), Math.Max(accepting.Most, endToEnd.Most));
        run.Note("resident memory idle under 200 MB", Show.Megabytes(idle), idle < 200L << 20);
        run.Note("resident memory under full load under 500 MB", Show.Megabytes(most), most < 500L << 20);
    }

    private static async Task<(long Idle, long Most)> MeasureAsync(
        LoadRun run, TextTable table, string name, Func<RunningServer, Task> loadAsync, params string[] options)
    {
        await using var server = await run.StartServerAsync(options);
        await Task.Delay(TimeSpan.FromSeconds(run.Options.Choose(10, 2)), run.Cancellation);
        var idle = ProcessUse.ResidentBytes(server.ProcessId);
        run.Progress($"{name}: idle {Show.Megabytes(idle)}");
        await loadAsync(server);
        // The kernel keeps the highest value itself, so nothing is missed between two looks.
        var most = ProcessUse.PeakBytes(server.ProcessId);
        table.Add(name, Show.Megabytes(idle), Show.Megabytes(most),
            Show.Megabytes(ProcessUse.ResidentBytes(server.ProcessId)));
        return (idle, most);
    }
}
