using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>The row of the emulator's clock, and what depends on it.</summary>
internal static class ClockRow
{
    /// <summary>Locks the row for the rest of the transaction, so that servers change it one after the other.</summary>
    public static Task<ClockState> LockClockAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Clock.FromSql($"SELECT * FROM clock WHERE id = {ClockState.OnlyId} FOR UPDATE").AsNoTracking().SingleAsync(cancellation);

    /// <summary>Writes the row, but for the count of resets.</summary>
    public static Task SaveClockAsync(this MessagingDb db, ClockState state, CancellationToken cancellation) => db.Clock.ExecuteUpdateAsync(
        clock => clock.SetProperty(c => c.Offset, state.Offset).SetProperty(c => c.FrozenAt, state.FrozenAt)
            .SetProperty(c => c.JumpFrom, state.JumpFrom).SetProperty(c => c.JumpTo, state.JumpTo), cancellation);

    /// <summary>Counts a reset, and locks the row for the rest of the transaction.</summary>
    public static Task CountResetAsync(this MessagingDb db, CancellationToken cancellation) => db.Clock.ExecuteUpdateAsync(
        clock => clock.SetProperty(c => c.ResetCount, c => c.ResetCount + 1), cancellation);

    /// <summary>When the oldest work that is not done was due, or will be; null when there is none.</summary>
    public static async Task<DateTimeOffset?> OldestDueAsync(this MessagingDb db, CancellationToken cancellation)
    {
        var oldest = await db.CarrierDeliveries.MinAsync(delivery => (DateTimeOffset?)delivery.Due, cancellation);
        var media = await db.MediaQueue.MinAsync(entry => (DateTimeOffset?)entry.Due, cancellation);
        if (media < (oldest ?? DateTimeOffset.MaxValue)) oldest = media;
        // Stage by stage, as the index has it.
        foreach (var stage in Enum.GetValues<MessageStage>())
        {
            var due = await db.MessageQueue.Where(entry => entry.Stage == stage).MinAsync(entry => (DateTimeOffset?)entry.Due, cancellation);
            if (due < (oldest ?? DateTimeOffset.MaxValue)) oldest = due;
        }

        return oldest;
    }
}
