using MessagingServices.Benchmarks.Load.Figures;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>Processor seconds of all who take part.</summary>
internal sealed record CpuTimes(double Server, double Postgres, double Generator, double Receiver)
{
    private double Sum => Server + Postgres + Generator + Receiver;

    public static CpuTimes operator -(CpuTimes later, CpuTimes earlier) => new(later.Server - earlier.Server,
        later.Postgres - earlier.Postgres, later.Generator - earlier.Generator, later.Receiver - earlier.Receiver);

    public static CpuTimes operator +(CpuTimes one, CpuTimes other) => new(one.Server + other.Server,
        one.Postgres + other.Postgres, one.Generator + other.Generator, one.Receiver + other.Receiver);

    /// <summary>Those used so far.</summary>
    public static CpuTimes Read(RunningServer server, RunningReceiver receiver) => Read([server], receiver);

    /// <summary>Those of several servers on one database.</summary>
    public static CpuTimes Read(IReadOnlyList<RunningServer> servers, RunningReceiver receiver) =>
        new(servers.Sum(server => ProcessUse.CpuSeconds(server.ProcessId)),
        ProcessUse.CpuSecondsOfAll(servers[0].Database.Postmaster), ProcessUse.CpuSeconds(Environment.ProcessId),
            ProcessUse.CpuSeconds(receiver.ProcessId));

    /// <summary>Where the time went, for each message.</summary>
    public string Table(int messages, TimeSpan took)
    {
        var table = new TextTable("processor time", "seconds", "microseconds a message", "share");
        foreach (var (name, seconds) in (ReadOnlySpan<(string, double)>)
            [("server", Server), ("PostgreSQL", Postgres), ("load generator", Generator),
                ("receiver of callbacks", Receiver), ("all", Sum)])
            table.Add(name, $"{seconds:0.0}", Show.Microseconds(seconds / messages), $"{100 * seconds / Sum:0} %");
        return $"{table}Of {Environment.ProcessorCount} cores these used {Sum / took.TotalSeconds:0.0}; with all of "
            + $"them for itself this mix "
            + $"ends at {Show.PerSecond(Environment.ProcessorCount * messages / Sum)} messages a second.\n";
    }
}
