using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Moves, freezes or starts the clock of an account, for all servers. It stores the jump, and then the stages process
/// the work of the account that has become due. Each item gets the time at which it was due, as if the time had passed.
/// </summary>
internal sealed class MoveClock(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, QueueWakes queues, PipelineDrain drain)
{
    /// <summary>
    /// Changes the clock. It returns when all servers use the new time; a move returns when the work of the account
    /// that has become due is processed, too.
    /// </summary>
    /// <exception cref="TwilioException">
    /// 20001 for a time in the past or beyond the calendar. 20503 when the work takes too long; the clock is moved
    /// nevertheless.
    /// </exception>
    public async Task ChangeAsync(Sid account, ClockChange change, CancellationToken cancellation)
    {
        ClockState moved;
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            moved = await clock.ChangeAsync(
                db, account,
                (state, real) =>
                {
                    if (change.IsMove) state = state.Jump(change.TimeAfter(state.At(real)), real);
                    return change.Frozen is { } frozen ? state.Freeze(frozen, real) : state;
                }, cancellation);
        }

        await queues.CorrectAsync(account, cancellation);
        if (!change.IsMove)
        {
            await drain.FollowAsync(moved, cancellation);
            return;
        }

        if (await drain.DrainAsync(moved, cancellation)) return;
        throw new TwilioException(new(MessagingError.Unavailable,
            $"The clock is moved, but no due work was finished for {PipelineDrain.StallTimeout.TotalSeconds} seconds: "
            + "check that a server runs every stage (Pipeline:Stages) and that the media URLs respond"));
    }
}
