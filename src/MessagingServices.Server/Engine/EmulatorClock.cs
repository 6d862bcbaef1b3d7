using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The time that the messages of each account live by: real time, shifted or frozen by the emulator API for that
/// account. Claims, timeouts and retries use real time instead (<see cref="TimeProvider.System"/>).
/// </summary>
internal sealed class EmulatorClock(TimeProvider real, ClockOptions options, ClockStates states, EventBus events)
{
    /// <summary>The writes that depend on clocks.</summary>
    public ClockUses Uses { get; } = new();

    /// <summary>The real time, in whole microseconds, the precision of PostgreSQL.</summary>
    public DateTimeOffset RealNow => WholeMicroseconds(real.GetUtcNow());

    /// <summary>The clock of an account as this server knows it.</summary>
    public ClockState StateOf(Sid account) => states[account];

    /// <summary>The time of an account now, in whole microseconds.</summary>
    public DateTimeOffset Now(Sid account)
    {
        while (true)
        {
            var present = states[account];
            var now = At(present);
            // A change may have frozen the clock before this time meanwhile.
            if (ReferenceEquals(states[account], present)) return now;
        }
    }

    /// <summary>The clock of an account.</summary>
    public TimeProvider Of(Sid account) => new AccountClock(this, account);

    /// <summary>The time for work of an account that was due at <paramref name="due"/> and runs now.</summary>
    public DateTimeOffset EffectiveTime(Sid account, DateTimeOffset due)
    {
        // Read the state once: work from before a jump must not get the time after it.
        var present = states[account];
        return present.EffectiveTime(due, At(present));
    }

    /// <summary>
    /// The real time at which the work of an account is due: <see cref="QueueWakes.Ready"/> for the past,
    /// <see cref="QueueWakes.Never"/> while the clock is frozen before it.
    /// </summary>
    public DateTimeOffset WakeOf(Sid account, DateTimeOffset due)
    {
        var present = states[account];
        return due <= At(present) ? QueueWakes.Ready : present.RealTimeOf(due);
    }

    /// <summary>The clock at the first start of an account: running in real time, or frozen by
    /// <c>Clock:Frozen</c>.</summary>
    public ClockState Beginning(Sid account) => new()
    {
        AccountSid = account,
        FrozenAt = options.Frozen ? RealNow : null,
        Version = options.Frozen ? 1 : 0,
    };

    /// <summary>Uses the clock of a new account. Call it after its commit.</summary>
    public void Begin(ClockState beginning) => states.Apply(beginning);

    /// <summary>Reads all clocks; the first start of all servers creates that of the configured account.</summary>
    public async Task StartAsync(NpgsqlConnection connection, Sid configured, CancellationToken cancellation)
    {
        await connection.AddClockAsync(Beginning(configured), cancellation);
        await connection.ForgetFutureChangesAsync(cancellation);
        foreach (var stored in await connection.ReadClocksAsync(cancellation)) states.Apply(stored);
    }

    /// <summary>Reads clocks that another server may have changed.</summary>
    public async Task RefreshAsync(
        MessagingDb db, IReadOnlyCollection<Sid> accounts, CancellationToken cancellation)
    {
        foreach (var stored in await db.Clocks.AsNoTracking().Where(clock => accounts.Contains(clock.AccountSid))
            .ToListAsync(cancellation))
            states.Apply(stored);
    }

    /// <summary>
    /// Changes the clock of an account for all servers, one change after the other. This server sees the change
    /// immediately. During the change the clock is frozen, so that it never goes back.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="change">Gets the stored clock and the real time, and returns the new clock.</param>
    /// <param name="cancellation">Cancels the change until it is stored.</param>
    /// <returns>The new clock.</returns>
    public async Task<ClockState> ChangeAsync(
        MessagingDb db, Sid account, Func<ClockState, DateTimeOffset, ClockState> change,
        CancellationToken cancellation)
    {
        await db.AddClockAsync(new() { AccountSid = account }, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var stored = await db.LockClockAsync(account, cancellation)
            ?? throw new TwilioException(MessagingError.WrongToken.ToApiError(account));
        states.Apply(stored);
        states.Pause(account);
        var realNow = RealNow;
        var held = Held(stored, realNow);
        states.Hold(held);
        try
        {
            var changed = change(stored, realNow);
            await db.SaveClockAsync(changed, cancellation);
            await transaction.CommitAsync(CancellationToken.None);
            states.Apply(changed);
            if (events.IsListening) Publish(account, changed);
            return changed;
        }
        catch
        {
            // The poll finds a change that was committed nevertheless.
            states.Release(held, stored);
            throw;
        }
    }

    private void Publish(Sid account, ClockState changed) =>
        events.Publish(new Change(EventTypes.ClockUpdated, account, account.Value)
        {
            Subject = new ClockReading(account, At(changed), changed.FrozenAt is not null),
        });

    // It has the version of the stored clock: the change replaces it, and a read of the stored one does not.
    private static ClockState Held(ClockState stored, DateTimeOffset realNow) => new()
    {
        AccountSid = stored.AccountSid,
        Offset = stored.At(realNow) - realNow,
        FrozenAt = stored.At(realNow),
        JumpTo = stored.JumpTo,
        MovedFrom = stored.MovedFrom,
        MoveCount = stored.MoveCount,
        Version = stored.Version,
    };

    private DateTimeOffset At(ClockState present) => WholeMicroseconds(present.At(real.GetUtcNow()));

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private sealed class AccountClock(EmulatorClock clock, Sid account) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.Now(account);
    }
}
