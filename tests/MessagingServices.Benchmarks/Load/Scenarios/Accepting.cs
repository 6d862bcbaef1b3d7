using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Requests;
using MessagingServices.Benchmarks.Load.Roles;
using MessagingServices.Benchmarks.Load.Rows;

namespace MessagingServices.Benchmarks.Load.Scenarios;

/// <summary>
/// How many messages are accepted, against what PostgreSQL and one transaction a request do with the same table.
/// </summary>
internal sealed class Accepting : LoadBenchmark
{
    private const int Usual = 64;

    public override string Name => "accept";

    public override string Question =>
        "messages accepted a second through a Messaging Service, against rows that pgbench inserts into the same table";

    public override async Task RunAsync(LoadRun run)
    {
        var usual = await CompareAsync(run);
        await AcceptWithStagesAsync(run, usual);
    }

    /// <summary>Without stages, at each number of connections.</summary>
    /// <returns>The server's series at the usual number of connections.</returns>
    private static async Task<Series> CompareAsync(LoadRun run)
    {
        await using var server = await run.StartServerAsync("--Pipeline:Stages=");
        var lean = Ports.FreeUrl();
        await using var saveChanges = ChildProcess.StartRole(
            SaveChangesServer.Role, lean, server.Database.ConnectionString, RunningServer.Credentials);
        await saveChanges.AnswersAsync($"{lean}/readyz", run.Cancellation);

        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
        (await ClosedLoop.SendAsync(call, 1, 1, run.Cancellation)).AllOf(201);
        var pgbench = await Pgbench.OfMessagesAsync(run, server.Database,
            await server.Database.ReadAsync<string>("SELECT sid FROM messages", run.Cancellation));
        var leanCall = MessageCall.To(lean, RunningServer.Credentials, server.MessagingServiceSid);
        (await ClosedLoop.SendAsync(call, Usual, run.Options.WarmUpRequests, run.Cancellation)).AllOf(201);
        (await ClosedLoop.SendAsync(leanCall, Usual, run.Options.WarmUpRequests, run.Cancellation)).AllOf(201);
        await pgbench.InsertAsync(Usual, seconds: 1);

        Series? usual = null;
        var table = Comparison.NewTable("connections, side");
        foreach (var connections in (int[])[1, 16, Usual, 256])
        {
            run.Progress($"{connections} connections");
            List<Side> sides =
            [
                new("server", () => AcceptAsync(run, server.Database, call, connections)),
                new("pgbench", () => InsertAsync(run, server.Database, pgbench, connections)),
            ];
            if (connections == Usual) sides.Add(
                new("one SaveChanges a request", () => AcceptAsync(run, server.Database, leanCall, connections)));
            // PostgreSQL takes 200 connections, some of which the servers hold.
            if (connections > 100) sides[1] =
                new("pgbench, 100 clients", () => InsertAsync(run, server.Database, pgbench, 100));
            var compared = await Comparison.RunAsync(run, sides);
            Comparison.Add(table, $"{connections,3}  ", compared);
            if (connections != Usual) continue;
            usual = compared[0];
            NotePromises(run, compared);
        }

        run.Say(table.ToString());
        run.Say("p50 of pgbench is its mean. Before each round the tables are emptied and a checkpoint is made.\n");
        return usual!;
    }

    /// <summary>The same server with all its stages, which then work off what was accepted.</summary>
    private static async Task AcceptWithStagesAsync(LoadRun run, Series without)
    {
        await using var server = await run.StartServerAsync();
        var call = MessageCall.To(server.Url, RunningServer.Credentials, server.MessagingServiceSid);
        (await ClosedLoop.SendAsync(call, Usual, run.Options.WarmUpRequests, run.Cancellation)).AllOf(201);
        await server.Database.DrainAsync(run.Cancellation);
        await server.Database.EmptyAsync(run.Cancellation);
        run.Progress("with all stages");
        var result = await Wrk.SendAsync(run, call, Usual, run.Options.Seconds);
        var round = result.AllOf(201);
        var backlog = await server.Database.CountBacklogAsync(run.Cancellation);
        var drained = await server.Database.DrainAsync(run.Cancellation);
        await server.Database.CheckStoredAsync(result, Usual, run.Cancellation);
        var delivered = await server.Database.ReadAsync<long>(
            "SELECT count(*) FROM messages WHERE status = 'delivered'", run.Cancellation);
        if (delivered != await server.Database.CountMessagesAsync(run.Cancellation))
            throw new LoadFailure($"Of {result.Count(201)} messages accepted, only {delivered} were delivered.");

        var table = new TextTable("at 64 connections", "accepted/s", "p50 ms", "p99 ms", "backlog after", "drained in",
            "of without stages");
        table.Add("all stages on", Show.PerSecond(round.PerSecond), Show.Ms(round.MedianMs), Show.Ms(round.P99Ms),
            Show.Count(backlog),
            Show.Seconds(drained), Show.Ratio(round.PerSecond / without.PerSecond));
        run.Say(table.ToString());
        run.Note("with all stages on, the backlog drains", $"{Show.Count(backlog)} in {Show.Seconds(drained)}",
            holds: true);
    }

    private static async Task<Round> AcceptAsync(LoadRun run, Database database, MessageCall call, int connections)
    {
        await database.EmptyAsync(run.Cancellation);
        var result = await Wrk.SendAsync(run, call, connections, run.Options.Seconds);
        var round = result.AllOf(201);
        await database.CheckStoredAsync(result, connections, run.Cancellation);
        return round;
    }

    private static async Task<Round> InsertAsync(LoadRun run, Database database, Pgbench pgbench, int clients)
    {
        await database.EmptyAsync(run.Cancellation);
        return await pgbench.InsertAsync(clients, run.Options.Seconds);
    }

    private static void NotePromises(LoadRun run, IReadOnlyList<Series> compared)
    {
        var (server, pgbench, saveChanges) = (compared[0], compared[1], compared[2]);
        var toPgbench = server.PerSecond / pgbench.PerSecond;
        var toSaveChanges = server.PerSecond / saveChanges.PerSecond;
        run.Note("64 connections: at least 1.3 times pgbench's single-row inserts", Show.Ratio(toPgbench),
            toPgbench >= 1.3);
        run.Note("64 connections: at least twice one SaveChanges a request", Show.Ratio(toSaveChanges),
            toSaveChanges >= 2);
        run.Note("64 connections: p99 under 50 ms", $"{Show.Ms(server.P99Ms)} ms", server.P99Ms < 50);
    }
}
