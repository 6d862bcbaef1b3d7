using System.Globalization;
using System.Text.RegularExpressions;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;

namespace MessagingServices.Benchmarks.Load.Rows;

/// <summary>What PostgreSQL itself does: single-row inserts into the server's own table, each a transaction.</summary>
internal sealed partial class Pgbench(LoadRun run, Database database, string script)
{
    /// <summary>Inserts messages like one that the server stored, with all columns, indexes and checks.</summary>
    /// <param name="run">The run.</param>
    /// <param name="database">The database.</param>
    /// <param name="messageSid">A message that is in the table now.</param>
    public static async Task<Pgbench> OfMessagesAsync(LoadRun run, Database database, string messageSid)
    {
        var table = await TableColumns.ReadAsync(database, "messages", run.Cancellation);
        var insert = await table.InsertSqlAsync(database, $"sid = '{messageSid}'", run.Cancellation,
            ("sid", "'SM' || lpad(to_hex(:high::bigint), 16, '0') || lpad(to_hex(:low::bigint), 16, '0')"),
            ("to", "'+1415' || :recipient"), ("date_created", "now()"), ("date_updated", "now()"));
        var script = run.NewPath("pgbench");
        await File.WriteAllTextAsync(script, $"""
            \set high random(0, 4611686018427387903)
            \set low random(0, 4611686018427387903)
            \set recipient random(2000000, 9999999)
            {insert};

            """, run.Cancellation);
        return new(run, database, script);
    }

    /// <summary>Inserts for a time.</summary>
    /// <exception cref="LoadFailure">Not every transaction left its row.</exception>
    public async Task<Round> InsertAsync(int clients, int seconds)
    {
        var before = await CountAsync();
        var pgbench = await Programs.FindPgbenchAsync(run.Cancellation);
        var output = await ChildProcess.RunAsync(pgbench, ["-n", "-M", "prepared", "-f", script,
            "-c", $"{clients}", "-j", $"{Math.Min(2, clients)}", "-T", $"{seconds}", .. database.ProgramArguments],
                run.Cancellation);
        var (transactions, perSecond, meanMs) = Parse(output);
        var rows = await CountAsync() - before;
        if (rows != transactions) throw new LoadFailure(
            $"pgbench tells of {transactions} transactions, but there are {rows} new rows.");
        return new(perSecond, meanMs);
    }

    /// <summary>Reads what pgbench prints.</summary>
    internal static (long Transactions, double PerSecond, double MeanMs) Parse(string output)
    {
        return ((long)Find(Transactions), Find(PerSecond), Find(Latency));

        double Find(Regex pattern) => pattern.Match(output) is { Success: true } match
            ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new LoadFailure($"pgbench printed something unknown:\n{output}");
    }

    private Task<long> CountAsync() => database.ReadAsync<long>("SELECT count(*) FROM messages", run.Cancellation);

    [GeneratedRegex(@"number of transactions actually processed: (\d+)")]
    private static partial Regex Transactions { get; }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond { get; }

    [GeneratedRegex(@"latency average = ([\d.]+) ms")]
    private static partial Regex Latency { get; }
}
