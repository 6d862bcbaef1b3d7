using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The time that messages live by: real time, shifted or standing still as the emulator API says. Claims, time-outs and retries run on
/// real time instead (<see cref="TimeProvider.System"/>).
/// </summary>
internal sealed class EmulatorClock(TimeProvider real, ClockOptions options) : TimeProvider, IDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private volatile ClockState state = new();

    /// <summary>How the clock stood when it was last read from the database.</summary>
    public ClockState State => state;

    /// <summary>Now, in whole microseconds, which is what PostgreSQL keeps.</summary>
    public override DateTimeOffset GetUtcNow() => At(state);

    /// <summary>The time of work that was due at <paramref name="due"/> and is done now.</summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due)
    {
        // One reading of the state: work from before a jump must not get the time after it.
        var present = state;
        return present.EffectiveTime(due, At(present));
    }

    /// <summary>How the clock begins: running at real time, or standing where <c>Clock:Frozen</c> says so.</summary>
    public ClockState Beginning() => new() { FrozenAt = options.Frozen ? WholeMicroseconds(real.GetUtcNow()) : null };

    /// <summary>Reads how the clock stands; on the first start of all servers it begins.</summary>
    public async Task StartAsync(MessagingDb db, CancellationToken cancellation)
    {
        if (!await db.Clock.AnyAsync(cancellation))
        {
            var frozenAt = Beginning().FrozenAt;
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO clock (id, "offset", frozen_at, jump_from, jump_to, reset_count)
                 VALUES ({ClockState.OnlyId}, '0', {frozenAt}, '-infinity', '-infinity', 0) ON CONFLICT (id) DO NOTHING
                 """, cancellation);
        }

        await RefreshAsync(db, cancellation);
    }

    /// <summary>Reads how the clock stands.</summary>
    public async Task RefreshAsync(MessagingDb db, CancellationToken cancellation)
    {
        // One at a time: what was read before a change must not replace what was read after it.
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
    /// Changes how the clock stands, for all servers: one after the other, and here at once. Meanwhile it stands still, so that it never
    /// goes back.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="change">How the clock is to stand, told how it stands and what real time it is; runs while its row is locked.</param>
    /// <param name="cancellation">Gives the change up, as long as it is not stored.</param>
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

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
