using System.Diagnostics;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// What a second server on the same database changes: the whole path of messages, and the selection of senders, of
/// which one Messaging Service allows one server at a time.
/// </summary>
internal sealed class ScaleOut : LoadBenchmark
{
    private const int Connections = 64;

    public override string Name => "scale-out";

    public override string Question =>
        "one server and two servers on one database: whose time messages take, and what they wait for each other";

    public override async Task RunAsync(LoadRun run)
    {
        await SendAsync(run);
        await SelectAsync(run);
    }

    private static async Task SendAsync(LoadRun run)
    {
        var messages = run.Options.Choose(16_000, 2_000);
        await using var first = await run.StartServerAsync();
        await using var second = await RunningServer.StartBesideAsync(first, [], run.Cancellation);
        await using var receiver = await RunningReceiver.StartAsync(run.Cancellation);
        RunningServer[] servers = [first, second];
        var calls = servers.Select(server => MessageCall.To(
            server.Url, RunningServer.Credentials, first.MessagingServiceSid, receiver.Url)).ToArray();
        await EndToEnd.SendAsync(run, first, receiver, calls, messages / 4);
        var used = new Dictionary<int, CpuTimes>();
        var took = new Dictionary<int, TimeSpan>();
        await Comparison.RunAsync(run, new Side("one server", () => MeasureAsync(1)),
            new Side("two servers", () => MeasureAsync(2)));
        foreach (var count in used.Keys)
        {
            var sent = messages * run.Options.Rounds;
            run.Say($"{(count == 1 ? "One server; the other is idle" : "Two servers")}: "
                + $"{Show.PerSecond(sent / took[count].TotalSeconds)} messages a second end to end");
            run.Say(used[count].Table(sent, took[count]));
        }

        async Task<Round> MeasureAsync(int count)
        {
            await first.Database.EmptyAsync(run.Cancellation);
            await receiver.ResetAsync(run.Cancellation);
            var before = CpuTimes.Read(servers, receiver);
            var began = Stopwatch.GetTimestamp();
            var (_, last) = await EndToEnd.SendAsync(run, first, receiver, calls[..count], messages);
            var time = Stopwatch.GetElapsedTime(began, last);
            var now = CpuTimes.Read(servers, receiver) - before;
            used[count] = used.TryGetValue(count, out var others) ? others + now : now;
            took[count] = took.GetValueOrDefault(count) + time;
            return new(messages / time.TotalSeconds);
        }
    }

    private static async Task SelectAsync(LoadRun run)
    {
        string[] selecting = ["--Pipeline:Stages", "SelectSenders,HandToCarrier"];
        await using var accepting = await run.StartServerAsync("--Pipeline:Stages=");
        var one = accepting.MessagingServiceSid;
        var other = await accepting.CopyServiceAsync("+14155550199", run.Cancellation);
        var call = MessageCall.To(accepting.Url, RunningServer.Credentials, one);
        (await ClosedLoop.SendAsync(call, Connections, Connections, run.Cancellation)).AllOf(201);
        // These stay accepted: the backlogs are copies of one of them.
        await accepting.Database.ExecuteAsync("TRUNCATE message_queue", run.Cancellation);
        var backlog = run.Options.Choose(8_000, 1_000);
        var table = Comparison.NewTable("selecting senders");
        var selection = new SelectionBacklog(run, accepting.Database);
        await using (await RunningServer.StartBesideAsync(accepting, selecting, run.Cancellation))
        {
            await selection.DrainAsync(backlog, one, other);
            Comparison.Add(table, "one server, ", await CompareAsync());
        }

        await using var first = await RunningServer.StartBesideAsync(accepting, selecting, run.Cancellation);
        await using var second = await RunningServer.StartBesideAsync(accepting, selecting, run.Cancellation);
        await selection.DrainAsync(backlog, one, other);
        Comparison.Add(table, "two servers, ", await CompareAsync());
        run.Say(table.ToString());

        Task<IReadOnlyList<Series>> CompareAsync() => Comparison.RunAsync(run,
            new Side("one Messaging Service", () => selection.DrainAsync(backlog, one)),
            new Side("two Messaging Services", () => selection.DrainAsync(backlog, one, other)));
    }
}
