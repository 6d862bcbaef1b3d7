using System.Diagnostics;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Notices within 200 ms that another server has changed the clock of an account. It tells the other servers when this
/// server uses the changed clock, and when its memory has finished the work of the account that has become due.
/// </summary>
internal sealed class ClockSync(ClockChanges changes, ClockStates states, QueueWakes queues, UnfinishedWork work)
    : PipelineStage, IDisposable
{
    private const int MaxCorrections = 4;
    private static readonly TimeSpan WhileBehind = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan UntilStrays = TimeSpan.FromSeconds(10);

    /// <summary>A change that failed, or whose server was killed, may leave strays that no server notices.</summary>
    private static readonly TimeSpan BetweenStrays = TimeSpan.FromMinutes(1);

    /// <summary>The changes that this server does not use yet, or that it must tell the others one by one.</summary>
    private readonly Dictionary<Sid, (ClockState Clock, Task Correction)> recent = [];
    private readonly SemaphoreSlim corrections = new(MaxCorrections);
    private long readUntil;
    private bool isBehind;
    private bool mayHaveStrays = true;
    private long lastChange;
    private long lastStrays = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => isBehind ? WhileBehind : base.MaxRest;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var read = await changes.ReadAsync(readUntil, cancellation);
        foreach (var clock in read.Clocks)
        {
            states.Apply(clock);
            // The start has read the earlier ones. But a message may have come since then, and before a change.
            if (readUntil > 0 || clock.Change >= read.Until || work.IsPendingInMemory(clock.AccountSid))
                Notice(clock, cancellation);
        }

        await CorrectStraysAsync(cancellation);
        await AcknowledgeAsync(read, cancellation);
        readUntil = read.Until;
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => corrections.Dispose();

    private void Notice(ClockState clock, CancellationToken cancellation)
    {
        if (recent.TryGetValue(clock.AccountSid, out var known) && known.Clock.Version == clock.Version
            && known.Correction is { IsFaulted: false, IsCanceled: false }) return;
        recent[clock.AccountSid] = (clock, CorrectAsync(clock.AccountSid, cancellation));
        (mayHaveStrays, lastChange) = (true, Stopwatch.GetTimestamp());
    }

    // Not awaited: the rows of one account must not hold up the changes of others.
    private async Task CorrectAsync(Sid account, CancellationToken cancellation)
    {
        await corrections.WaitAsync(cancellation);
        try
        {
            await queues.CorrectAsync(account, cancellation);
        }
        finally
        {
            corrections.Release();
        }
    }

    private async Task AcknowledgeAsync(ReadChanges read, CancellationToken cancellation)
    {
        foreach (var (account, (clock, correction)) in recent.ToList())
            if (correction.IsFaulted) Notice(clock, cancellation);
        var finished = recent.Where(change => change.Value.Correction.IsCompletedSuccessfully
            && !work.IsPendingInMemory(change.Key)).Select(change => change.Key).ToHashSet();
        isBehind = finished.Count < recent.Count;
        var seen = recent.Where(change => !finished.Contains(change.Key))
            .Select(change => change.Value.Clock.Change).Append(read.Until).Min();
        var covered = recent.Where(change => change.Value.Clock.Change < seen).Select(change => change.Key).ToList();
        foreach (var account in covered) recent.Remove(account);
        string[] acknowledged =
        [
            .. recent.Where(change => change.Value.Correction.IsCompletedSuccessfully)
                .Select(change => ClockChanges.Acknowledgement(change.Value.Clock, finished.Contains(change.Key)))
                .Order(StringComparer.Ordinal),
        ];
        if (covered.Count == 0 && read.Known is { SeenChange: > 0 } known
            && known.Acknowledged.SequenceEqual(acknowledged)) return;
        await changes.AcknowledgeAsync(seen, acknowledged, cancellation);
    }

    private async Task CorrectStraysAsync(CancellationToken cancellation)
    {
        var isExpected = mayHaveStrays
            && (readUntil == 0 || Stopwatch.GetElapsedTime(lastChange) >= UntilStrays);
        if (!isExpected && Stopwatch.GetElapsedTime(lastStrays) < BetweenStrays) return;
        await queues.CorrectStraysAsync(cancellation);
        (mayHaveStrays, lastStrays) = (false, Stopwatch.GetTimestamp());
    }
}
