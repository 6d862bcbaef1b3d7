using System.Runtime.InteropServices;
using MessagingServices.Benchmarks.Load.Processes;
using MessagingServices.Benchmarks.Load.Scenarios;

namespace MessagingServices.Benchmarks.Load;

/// <summary>
/// All load benchmarks, and how they are run: one after the other, each with its own server and PostgreSQL.
/// </summary>
internal static class LoadBenchmarks
{
    public static IReadOnlyList<LoadBenchmark> All { get; } =
        [new Accepting(), new EndToEnd(), new LowLoadLatency(), new Overload(), new Million(), new ScaleOut(),
            new StartingUp(), new Memory(), new Accounts(), new Events(), new OpenConsole(), new Proxied(),
            new Peers()];

    /// <summary>Runs benchmarks and prints their tables.</summary>
    /// <returns>Whether all of them ran without errors and lost messages; a promise of speed that does not hold is only
    /// printed.</returns>
    /// <exception cref="OperationCanceledException">A signal ended it; everything is cleared away.</exception>
    public static async Task<bool> RunAsync(IReadOnlyList<LoadBenchmark> benchmarks, LoadOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine(
                "The load benchmarks need Linux: they read memory and processor time of other processes from /proc.");
            return false;
        }

        using var stop = new CancellationTokenSource();
        // Servers, databases and folders are removed on every way out, so a signal only cancels what goes on.
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        using var hangUp = StopOn(PosixSignal.SIGHUP, stop);
        using var workspace = new Workspace();
        Console.WriteLine(Machine.Describe(workspace.Path));
        if (options.Quick) Console.WriteLine(
            "Quick: one short round of everything, to see that it works. The figures mean little.");
        var run = new LoadRun(options, workspace, stop.Token);
        var succeeded = true;
        foreach (var benchmark in benchmarks)
        {
            if (stop.IsCancellationRequested) break;
            succeeded &= await RunAsync(benchmark, run);
            workspace.Clear();
        }

        stop.Token.ThrowIfCancellationRequested();
        return succeeded;
    }

    private static async Task<bool> RunAsync(LoadBenchmark benchmark, LoadRun run)
    {
        run.Say($"\n=== {benchmark.Name}: {benchmark.Question}\n");
        try
        {
            await benchmark.RunAsync(run);
            return true;
        }
        catch (Exception) when (run.Cancellation.IsCancellationRequested)
        {
            run.Say("Stopped.");
            return false;
        }
        catch (LoadSkipped reason)
        {
            run.Say($"Skipped: {reason.Message}");
            return true;
        }
        catch (Exception failure)
        {
            run.Say(failure is LoadFailure ? $"FAILED: {failure.Message}" : $"FAILED: {failure}");
            run.ShowComplaints();
            return false;
        }
        finally
        {
            run.ShowPromises();
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}
