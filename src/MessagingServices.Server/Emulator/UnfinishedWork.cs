using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>The work of an account that a move of its clock has made due and that is not finished.</summary>
internal sealed class UnfinishedWork(
    IDbContextFactory<MessagingDb> databases, OwnedMessages memory, EndpointLimiter callbacks, EmulatorClock clock)
{
    /// <summary>This server.</summary>
    public NodeId Node => memory.Node;

    /// <summary>Whether any server has such work.</summary>
    /// <param name="moved">The clock after the move.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<bool> IsPendingAsync(ClockState moved, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // The memory before and after: a message may move from a queue into memory, and the other way.
        return IsPendingInMemory(moved.AccountSid)
            || await db.HasPendingWorkAsync(clock.RealNow, moved, memory.Node, cancellation)
            || IsPendingInMemory(moved.AccountSid);
    }

    /// <summary>
    /// Whether a message of an account in this server's memory, from before the last move of its clock, has a step that
    /// is due or a status callback that has not ended. Callbacks to an endpoint that hangs do not count, so that a
    /// receiver that hangs does not block the clock.
    /// </summary>
    public bool IsPendingInMemory(Sid account)
    {
        var state = clock.StateOf(account);
        // In this order: the commit of a step adds its callbacks at the same moment.
        return memory.HasDueStep(account, clock.Now(account), IsFromBefore)
            || (memory.WithCallbacks(account, IsFromBefore) is { Count: > 0 } waiting
                && callbacks.HasCallbacks(waiting, PendingWork.Hanging));

        bool IsFromBefore(Message message) => state.IsFromBeforeMove(message.DateCreated);
    }
}
