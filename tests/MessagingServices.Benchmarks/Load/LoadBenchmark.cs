namespace MessagingServices.Benchmarks.Load;

/// <summary>One question about the server under load, asked of the real program with a real PostgreSQL.</summary>
internal abstract class LoadBenchmark
{
    /// <summary>What it is called by: <c>./dev bench name</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it tells, in one line above its tables.</summary>
    public abstract string Question { get; }

    /// <summary>Measures, prints tables and notes what the project promises beside what was measured.</summary>
    /// <exception cref="LoadFailure">Answers were wrong or messages were lost: figures would mean nothing.</exception>
    public abstract Task RunAsync(LoadRun run);
}

/// <summary>What was measured is not what was asked for: errors, lost messages, a server that does not start.</summary>
internal sealed class LoadFailure(string message) : Exception(message);

/// <summary>A benchmark cannot run on this machine, which is no failure.</summary>
internal sealed class LoadSkipped(string message) : Exception(message);
