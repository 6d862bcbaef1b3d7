using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Processes;

namespace MessagingServices.Benchmarks.Load;

/// <summary>What every load benchmark has at hand: its length, a folder, a place to print, and when to stop.</summary>
internal sealed class LoadRun(LoadOptions options, Workspace workspace, CancellationToken cancellation)
{
    private readonly List<Promise> promises = [];
    private readonly List<RunningServer> servers = [];
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter progress = Console.Error;
    private bool describedPostgres;

    public LoadOptions Options => options;

    public CancellationToken Cancellation => cancellation;

    /// <summary>A path in the temporary folder that is not in use.</summary>
    public string NewPath(string name) => workspace.NewPath(name);

    /// <summary>Starts the server on a new private PostgreSQL of default durability.</summary>
    public Task<RunningServer> StartServerAsync(params string[] serverOptions) =>
        StartServerInAsync(NewPath("data"), serverOptions);

    /// <summary>Starts the server on the private PostgreSQL of a folder.</summary>
    public async Task<RunningServer> StartServerInAsync(string folder, params string[] serverOptions)
    {
        var server = await RunningServer.StartAsync(folder, serverOptions, cancellation);
        servers.Add(server);
        if (describedPostgres) return server;
        describedPostgres = true;
        Say(await Machine.DescribePostgresAsync(server.Database, cancellation));
        return server;
    }

    /// <summary>Prints a line.</summary>
    public void Say(string line) => output.WriteLine(line);

    /// <summary>Prints the present step.</summary>
    public void Progress(string what) => progress.WriteLine($"  ... {what}");

    /// <summary>Notes a promise for the table at the end.</summary>
    public void Note(string promise, string measured, bool holds) => promises.Add(new(promise, measured, holds));

    /// <summary>Prints the promises of the benchmark that has just ended, and forgets it.</summary>
    public void ShowPromises()
    {
        if (promises.Count > 0) Say(Promise.Table(promises));
        promises.Clear();
        servers.Clear();
    }

    /// <summary>Prints what the benchmark's servers complained of.</summary>
    public void ShowComplaints()
    {
        foreach (var alike in servers.SelectMany(server => server.Complaints).CountBy(complaint => complaint))
            Say($"  the server logged, {alike.Value} times among its last lines: {alike.Key}");
    }
}
