using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>The work that a move of the clock has made due and that is not finished.</summary>
internal sealed class UnfinishedWork(
    IDbContextFactory<MessagingDb> databases, OwnedMessages memory, EndpointLimiter callbacks, EmulatorClock clock)
{
    /// <summary>Whether any server has such work.</summary>
    /// <param name="moved">The clock after the move.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<bool> IsPendingAsync(ClockState moved, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // The memory before and after: a message may move from a queue into memory, and the other way.
        return IsPendingInMemory()
            || await db.HasPendingWorkAsync(clock.GetUtcNow(), moved, memory.Node, cancellation)
            || IsPendingInMemory();
    }

    /// <summary>
    /// Whether a message in this server's memory, from before the last move, has a step that is due or a status
    /// callback that has not ended. Callbacks to an endpoint that hangs do not count, so that a receiver that hangs
    /// does not block the clock.
    /// </summary>
    public bool IsPendingInMemory()
    {
        var state = clock.State;
        // In this order: the commit of a step adds its callbacks at the same moment.
        return memory.HasDueStep(clock.GetUtcNow(), IsFromBefore)
            || callbacks.HasCallbacks(memory.WithCallbacks(IsFromBefore), PendingWork.Hanging);

        bool IsFromBefore(Message message) => state.IsFromBeforeMove(message.DateCreated);
    }
}
