namespace MessagingServices.Server.Engine;

/// <summary>
/// The writes of this server that depend on clocks. Rows of a queue contain the real time at which they are due. A row
/// that is being written while its account's clock changes has the time of the clock before. So a change waits until
/// such writes have ended, and then corrects what they have written. Thread-safe.
/// </summary>
internal sealed class ClockUses
{
    private readonly Lock gate = new();
    private Period present = new();
    private Task earlier = Task.CompletedTask;

    /// <summary>Begins a write, before it reads a clock. Dispose the result after its commit.</summary>
    public IDisposable Begin()
    {
        lock (gate)
        {
            present.Count++;
            return new Use(this, present);
        }
    }

    /// <summary>Ends when all writes have ended that have begun before.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            var ended = present;
            present = new();
            ended.IsOver = true;
            if (ended.Count == 0) ended.Ended.SetResult();
            return earlier = earlier.IsCompleted ? ended.Ended.Task : Task.WhenAll(earlier, ended.Ended.Task);
        }
    }

    private void End(Period period)
    {
        lock (gate)
        {
            if (--period.Count == 0 && period.IsOver) period.Ended.SetResult();
        }
    }

    private sealed class Period
    {
        public readonly TaskCompletionSource Ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; set; }

        public bool IsOver { get; set; }
    }

    private sealed class Use(ClockUses uses, Period period) : IDisposable
    {
        private bool hasEnded;

        public void Dispose()
        {
            if (hasEnded) return;
            hasEnded = true;
            uses.End(period);
        }
    }
}
