using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Moves the emulator's clock, freezes it or lets it run, for all servers. The jump is stored, then the stages work what has come due:
/// each piece of work gets the time at which it was due, as if the time had passed.
/// </summary>
internal sealed class MoveClock(IDbContextFactory<MessagingDb> databases, EmulatorClock clock, PipelineDrain dueWork, PeerNodes others)
{
    /// <summary>
    /// What was due so long before a jump belongs to it: a message gets its time before it is committed, and must not find itself a day
    /// older, its validity period over, when the clock jumps in between.
    /// </summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(1);

    /// <summary>Makes the change. A move ends when all servers go by it and nothing that it has made due is unworked.</summary>
    /// <exception cref="TwilioException">
    /// 20001 for a time in the past or beyond the calendar; 20503 when the work takes too long: the clock is moved all the same.
    /// </exception>
    public async Task ChangeAsync(ClockChange change, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var moved = await SaveAsync(db, change, cancellation);
        await others.FollowAsync(cancellation);
        if (!change.IsMove || await dueWork.FinishAsync(moved, cancellation)) return;
        throw new TwilioException(new(MessagingError.Unavailable,
            $"The clock is moved, but for {PipelineDrain.Patience.TotalSeconds} seconds nothing of the work that came due was finished: "
            + "check that a server runs every stage (Pipeline:Stages) and that media are served"));
    }

    private async Task<(DateTimeOffset Before, DateTimeOffset After)> SaveAsync(
        MessagingDb db, ClockChange change, CancellationToken cancellation)
    {
        (DateTimeOffset Before, DateTimeOffset After) moved = default;
        await clock.ChangeAsync(db, async (state, real) =>
        {
            var before = state.At(real);
            moved = (before, change.TimeAfter(before));
            if (change.IsMove)
            {
                // Work left over from an earlier jump keeps the times that it was due at.
                var oldest = await db.OldestDueAsync(cancellation);
                var from = before - Lateness;
                state = state.Jump(oldest < from ? oldest.Value : from, moved.After, real);
            }

            return change.Frozen is { } frozen ? state.Freeze(frozen, real) : state;
        }, cancellation);
        return moved;
    }
}
