using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Time;

/// <summary>
/// The time that messages live by: real time, shifted or standing still as the emulator API says. Claims, time-outs and retries run on
/// real time instead (<see cref="TimeProvider.System"/>).
/// </summary>
public sealed class EmulatorClock(TimeProvider real, ClockOptions options) : TimeProvider
{
    private volatile ClockState state = new();

    /// <summary>How the clock stood when it was last read from the database.</summary>
    public ClockState State => state;

    /// <summary>Now, in whole microseconds, which is what PostgreSQL keeps.</summary>
    public override DateTimeOffset GetUtcNow() => WholeMicroseconds(state.At(real.GetUtcNow()));

    /// <summary>The time of work that was due at <paramref name="due"/> and is done now.</summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due) => state.EffectiveTime(due, GetUtcNow());

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
                 INSERT INTO clock (id, "offset", frozen_at, jump_from, jump_to)
                 VALUES ({ClockState.OnlyId}, '0', {frozenAt}, '-infinity', '-infinity') ON CONFLICT (id) DO NOTHING
                 """, cancellation);
        }

        await RefreshAsync(db, cancellation);
    }

    /// <summary>Reads how the clock stands.</summary>
    public async Task RefreshAsync(MessagingDb db, CancellationToken cancellation) =>
        state = await db.Clock.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new();

    /// <summary>Takes over how the clock stands after it was saved.</summary>
    public void Set(ClockState saved) => state = saved;

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}

/// <summary>The section <c>Clock</c>.</summary>
public sealed class ClockOptions
{
    /// <summary>Whether time stands at the moment of the first start and moves only through the emulator API.</summary>
    public bool Frozen { get; init; }
}
