using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using MessagingServices.Benchmarks.Load;

namespace MessagingServices.Benchmarks;

/// <summary>Both kinds of benchmarks: of the server under load, and of the domain by BenchmarkDotNet.</summary>
internal static class Benches
{
    /// <summary>Runs <c>[--quick] [name]</c>, unless a signal ends it.</summary>
    /// <returns>The exit code; that of a shell after Ctrl-C when it was stopped.</returns>
    public static async Task<int> RunUntilStoppedAsync(string[] arguments)
    {
        try
        {
            return await RunAsync(arguments);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    /// <summary>Runs <c>[--quick] [name]</c>: all benchmarks, or those whose names contain the name.</summary>
    /// <returns>The exit code: 0 when everything asked for ran without errors and lost messages.</returns>
    private static async Task<int> RunAsync(string[] arguments)
    {
        var quick = arguments.Contains("--quick");
        if (arguments.FirstOrDefault(argument => argument.StartsWith('-') && argument != "--quick") is { } unknown)
            return Fail($"There is no option {unknown}: use --quick, or name the benchmarks to run.");
        var names = arguments.Where(argument => argument != "--quick").ToArray();
        if (names.Length > 1) return Fail("Name one benchmark, or part of the names of several.");
        var name = names.SingleOrDefault() ?? "";

        var load = LoadBenchmarks.All.Where(benchmark =>
            benchmark.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var domain = DomainBenchmarks.Where(type => type.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (load.Count == 0 && domain.Length == 0)
        {
            var known = LoadBenchmarks.All.Select(b => b.Name).Concat(DomainBenchmarks.Select(t => t.Name));
            return Fail($"No benchmark's name contains \"{name}\": {string.Join(", ", known)}.");
        }

        var succeeded = load.Count == 0 || await LoadBenchmarks.RunAsync(load, new(quick));
        if (domain.Length > 0) BenchmarkSwitcher.FromTypes(domain).RunAll(DomainConfiguration(quick));
        return succeeded ? 0 : 1;
    }

    private static Type[] DomainBenchmarks { get; } =
        [.. typeof(Benches).Assembly.GetTypes()
            .Where(type => type.GetMethods()
            .Any(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null))];

    // Ten iterations do for a median; on a noisy machine the default job goes on for ten minutes. They are built again,
    // the server with them: longer than the two minutes that BenchmarkDotNet waits, on a busy machine.
    private static ManualConfig DomainConfiguration(bool quick) =>
        ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(15))
        .AddJob(quick ? Job.InProcess.WithWarmupCount(1).WithIterationCount(1)
            : Job.Default.WithWarmupCount(3).WithIterationCount(10));

    private static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
