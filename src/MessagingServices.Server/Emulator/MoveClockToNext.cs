namespace MessagingServices.Server.Emulator;

/// <summary>Moves the clock of an account to the next time at which something is due.</summary>
internal sealed class MoveClockToNext(MoveClock move, DueThings things)
{
    private static readonly ClockChange Stay = new() { Advance = default(IsoDuration) };

    /// <summary>Moves the clock exactly to that time. With nothing due it stays.</summary>
    /// <param name="account">The account.</param>
    /// <param name="frozen">Whether the clock is frozen then; null keeps it as it is.</param>
    /// <param name="cancellation">Cancels the wait; the stages continue.</param>
    /// <exception cref="TwilioException">20503 when the work takes too long.</exception>
    public async Task MoveAsync(Sid account, bool? frozen, CancellationToken cancellation)
    {
        // What was accepted before is worked first: only then is known what comes next for it.
        await move.ChangeAsync(account, Stay with { Frozen = frozen }, cancellation);
        if (await things.ReadAsync(account, limit: 1, cancellation) is [var next])
            await move.ChangeAsync(account, new() { Until = next.Date }, cancellation);
    }
}
