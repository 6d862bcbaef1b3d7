using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>The row of the emulator's clock.</summary>
internal static class ClockRow
{
    /// <summary>Locks the row for the rest of the transaction, so that servers change it one after the other.</summary>
    public static Task<ClockState> LockClockAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Clock.FromSql($"SELECT * FROM clock WHERE id = {ClockState.OnlyId} FOR UPDATE").AsNoTracking()
            .SingleAsync(cancellation);

    /// <summary>Writes the row, except the number of resets.</summary>
    public static Task SaveClockAsync(this MessagingDb db, ClockState state, CancellationToken cancellation) =>
        db.Clock.ExecuteUpdateAsync(
        clock => clock.SetProperty(c => c.Offset, state.Offset).SetProperty(c => c.FrozenAt, state.FrozenAt)
            .SetProperty(c => c.JumpFrom, state.JumpFrom).SetProperty(c => c.JumpTo, state.JumpTo)
            .SetProperty(c => c.MovedFrom, state.MovedFrom).SetProperty(c => c.MoveCount, state.MoveCount),
        cancellation);

    /// <summary>Increments the number of resets, and locks the row for the rest of the transaction.</summary>
    public static Task CountResetAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Clock.ExecuteUpdateAsync(
        clock => clock.SetProperty(c => c.ResetCount, c => c.ResetCount + 1), cancellation);
}
