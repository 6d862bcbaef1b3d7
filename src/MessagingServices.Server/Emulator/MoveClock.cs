using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Moves, freezes or starts the emulator's clock, for all servers. It stores the jump, and then the stages process the
/// work that has become due. Each item gets the time at which it was due, as if the time had passed.
/// </summary>
internal sealed class MoveClock(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, PipelineDrain drain, PeerNodes peers)
{
    /// <summary>
    /// Work that was due up to this long before a jump also keeps its due time. The server sets the time of a message
    /// before the commit, and the clock may jump between the two. Without this margin the message could be a day old
    /// and past its validity period.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Changes the clock. A move returns when all servers use the new time and the work that has become due is
    /// processed.
    /// </summary>
    /// <exception cref="TwilioException">
    /// 20001 for a time in the past or beyond the calendar. 20503 when the work takes too long; the clock is moved
    /// nevertheless.
    /// </exception>
    public async Task ChangeAsync(ClockChange change, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var moved = await SaveAsync(db, change, cancellation);
        await peers.FollowAsync(cancellation);
        if (!change.IsMove || await drain.DrainAsync(moved, cancellation)) return;
        throw new TwilioException(new(MessagingError.Unavailable,
            $"The clock is moved, but no due work was finished for {PipelineDrain.StallTimeout.TotalSeconds} seconds: "
            + "check that a server runs every stage (Pipeline:Stages) and that the media URLs respond"));
    }

    private async Task<ClockState> SaveAsync(MessagingDb db, ClockChange change, CancellationToken cancellation)
    {
        ClockState moved = new();
        await clock.ChangeAsync(db, async (state, real) =>
        {
            if (change.IsMove)
            {
                var before = state.At(real);
                // Pending work of an earlier jump keeps its due times.
                var oldest = await db.OldestDueAsync(cancellation);
                var from = before - Margin;
                state = state.Jump(oldest < from ? oldest.Value : from, change.TimeAfter(before), real);
            }

            return moved = change.Frozen is { } frozen ? state.Freeze(frozen, real) : state;
        }, cancellation);
        return moved;
    }
}
