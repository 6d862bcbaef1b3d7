using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The time that messages live by: real time, shifted or frozen by the emulator API. Claims, timeouts and retries use
/// real time instead (<see cref="TimeProvider.System"/>).
/// </summary>
internal sealed class EmulatorClock(TimeProvider real, ClockOptions options) : TimeProvider, IDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private volatile ClockState state = new();

    /// <summary>The clock as it was last read from the database.</summary>
    public ClockState State => state;

    /// <summary>Now, in whole microseconds, the precision of PostgreSQL.</summary>
    public override DateTimeOffset GetUtcNow() => At(state);

    /// <summary>The time for work that was due at <paramref name="due"/> and runs now.</summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due)
    {
        // Read the state once: work from before a jump must not get the time after it.
        var present = state;
        return present.EffectiveTime(due, At(present));
    }

    /// <summary>The real time until a time on this clock; null while the clock is frozen before it.</summary>
    public TimeSpan? TimeUntil(DateTimeOffset due)
    {
        var present = state;
        var left = due - At(present);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : present.FrozenAt is null ? left : null;
    }

    /// <summary>The clock at the first start: running in real time, or frozen by <c>Clock:Frozen</c>.</summary>
    /// <param name="moveCount">The number of the move to this beginning; 0 at the first start.</param>
    public ClockState Beginning(long moveCount = 0) => new()
    {
        FrozenAt = options.Frozen ? WholeMicroseconds(real.GetUtcNow()) : null,
        MoveCount = moveCount,
    };

    /// <summary>Reads the clock; the first start of all servers creates it.</summary>
    public async Task StartAsync(MessagingDb db, CancellationToken cancellation)
    {
        if (!await db.Clock.AnyAsync(cancellation))
        {
            var frozenAt = Beginning().FrozenAt;
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO clock (id, "offset", frozen_at, jump_from, jump_to, moved_from, move_count, reset_count)
                 VALUES ({ClockState.OnlyId}, '0', {frozenAt}, '-infinity', '-infinity', '-infinity', 0, 0)
                 ON CONFLICT (id) DO NOTHING
                 """, cancellation);
        }

        await RefreshAsync(db, cancellation);
    }

    /// <summary>Reads the clock again, because another server may have changed it.</summary>
    public async Task RefreshAsync(MessagingDb db, CancellationToken cancellation)
    {
        // One reading at a time: an older reading must not replace a newer one.
        await changing.WaitAsync(cancellation);
        try
        {
            await ReadAsync(db, cancellation);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>
    /// Changes the clock for all servers, one change after the other. This server sees the change immediately. During
    /// the change the clock is frozen, so that it never goes back.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="change">Gets the stored clock and the real time, and returns the new clock. It runs while the row
    /// is locked.</param>
    /// <param name="cancellation">Cancels the change until it is stored.</param>
    public async Task ChangeAsync(
        MessagingDb db, Func<ClockState, DateTimeOffset, Task<ClockState>> change, CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var stored = await db.LockClockAsync(cancellation);
            var realNow = WholeMicroseconds(real.GetUtcNow());
            state = stored.Freeze(true, realNow);
            await db.SaveClockAsync(await change(stored, realNow), cancellation);
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            try
            {
                await ReadAsync(db, CancellationToken.None);
            }
            finally
            {
                changing.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => changing.Dispose();

    private async Task ReadAsync(MessagingDb db, CancellationToken cancellation) =>
        state = await db.Clock.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new();

    private DateTimeOffset At(ClockState present) => WholeMicroseconds(present.At(real.GetUtcNow()));

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
