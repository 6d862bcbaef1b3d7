using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>What a million delivered messages cost those that come after them.</summary>
internal sealed class Million : LoadBenchmark
{
    private const int Connections = 64;
    private const int Readers = 16;
    // "Empty" has these, so that both list pages of the same length.
    private const int ListedAnyway = 1_000;

    public override string Name => "million";

    public override string Question => "the same server with a million messages in its tables and with none";

    public override async Task RunAsync(LoadRun run)
    {
        var messages = run.Options.Choose(1_000_000, 20_000);
        await using var empty = await run.StartServerAsync("--Pipeline:Stages=");
        await using var full = await run.StartServerAsync("--Pipeline:Stages=");
        await FilledTables.FillAsync(run, full, messages);
        var size = await full.Database.ReadAsync<string>(
            "SELECT pg_size_pretty(pg_database_size(current_database()))", run.Cancellation);
        run.Say($"{Show.Count(messages)} messages to as many recipients, {Show.Count(3L * messages)} webhooks, a "
            + $"selection and a sticky sender each: {size}.\n");

        var table = Comparison.NewTable("database");
        Compare(run, table, "accepting", await AcceptAsync(run, empty, full));
        Compare(run, table, "listing the newest page", await ListAsync(run, empty, full));
        Compare(run, table, "selecting senders", await SelectAsync(run, empty, full));
        run.Say(table.ToString());
    }

    private static async Task<IReadOnlyList<Series>> AcceptAsync(LoadRun run, RunningServer empty, RunningServer full)
    {
        foreach (var server in (RunningServer[])[empty, full])
            (await ClosedLoop.SendAsync(CallTo(server), Connections, run.Options.WarmUpRequests, run.Cancellation))
                .AllOf(201);
        return await Comparison.RunAsync(run,
            new Side("empty", async () =>
            {
                await empty.Database.EmptyAsync(run.Cancellation);
                return (await Wrk.SendAsync(run, CallTo(empty), Connections, run.Options.Seconds)).AllOf(201);
            }),
            new Side("a million", async () =>
            {
                // No checkpoint: after one, each page of the large indexes is logged in full when it is first touched,
                // which over minutes hardly counts and in a round of seconds would.
                await full.Database.ExecuteAsync("TRUNCATE message_queue", run.Cancellation);
                return (await Wrk.SendAsync(run, CallTo(full), Connections, run.Options.Seconds)).AllOf(201);
            }));
    }

    private static async Task<IReadOnlyList<Series>> ListAsync(LoadRun run, RunningServer empty, RunningServer full)
    {
        await empty.Database.EmptyAsync(run.Cancellation);
        foreach (var server in (RunningServer[])[empty, full])
            (await ClosedLoop.SendAsync(CallTo(server), Connections, ListedAnyway, run.Cancellation)).AllOf(201);
        return await Comparison.RunAsync(run, new Side("empty", () => ReadAsync(empty)),
            new Side("a million", () => ReadAsync(full)));

        async Task<Round> ReadAsync(RunningServer server)
        {
            var page = new Uri($"{server.Url}/2010-04-01/Accounts/{RunningServer.Account}/Messages.json?PageSize=50");
            return (await Wrk.ReadAsync(run, page, RunningServer.Credentials, Readers, run.Options.Seconds)).AllOf(200);
        }
    }

    private static async Task<IReadOnlyList<Series>> SelectAsync(LoadRun run, RunningServer empty, RunningServer full)
    {
        // What was accepted so far is not waited for.
        foreach (var server in (RunningServer[])[empty, full]) await server.Database.ExecuteAsync(
            "TRUNCATE message_queue", run.Cancellation);
        await using var ofEmpty = await RunningServer.StartBesideAsync(
            empty, ["--Pipeline:Stages", "SelectSenders,HandToCarrier"], run.Cancellation);
        await using var ofFull = await RunningServer.StartBesideAsync(
            full, ["--Pipeline:Stages", "SelectSenders,HandToCarrier"], run.Cancellation);
        var backlog = run.Options.Choose(10_000, 2_000);
        var (inEmpty, inFull) = (new SelectionBacklog(run, ofEmpty.Database),
            new SelectionBacklog(run, ofFull.Database));
        await inEmpty.DrainAsync(backlog);
        await inFull.DrainAsync(backlog);
        return await Comparison.RunAsync(run, new Side("empty", () => inEmpty.DrainAsync(backlog)),
            new Side("a million", () => inFull.DrainAsync(backlog)));
    }

    private static MessageCall CallTo(RunningServer server) =>
        MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);

    private static void Compare(LoadRun run, TextTable table, string what, IReadOnlyList<Series> compared)
    {
        Comparison.Add(table, $"{what}, ", compared);
        var slower = 100 * (1 - compared[1].PerSecond / compared[0].PerSecond);
        run.Note($"{what} with a million messages is at most 20 % slower", slower > 0 ? $"{slower:0} % slower"
            : "not slower", slower <= 20);
    }
}
