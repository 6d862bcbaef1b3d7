using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Time;

/// <summary>
/// The time that messages live by: real time, shifted or standing still as the emulator API says. Claims, time-outs and retries run on
/// real time instead (<see cref="TimeProvider.System"/>).
/// </summary>
public sealed class EmulatorClock(TimeProvider real) : TimeProvider
{
    private volatile ClockState state = new();

    /// <summary>How the clock stood when it was last read from the database.</summary>
    public ClockState State => state;

    /// <summary>Now, in whole microseconds, which is what PostgreSQL keeps.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        var now = state.At(real.GetUtcNow());
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The time of work that was due at <paramref name="due"/> and is done now.</summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due) => state.EffectiveTime(due, GetUtcNow());

    /// <summary>Reads how the clock stands.</summary>
    public async Task RefreshAsync(MessagingDb db, CancellationToken cancellation) =>
        state = await db.Clock.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new();

    /// <summary>Takes over how the clock stands after it was saved.</summary>
    public void Set(ClockState saved) => state = saved;
}
