namespace MessagingServices.Domain.Clock;

/// <summary>
/// The difference between the clock of an account and real time. All servers share it; it is kept over restarts.
/// </summary>
public sealed class ClockState
{
    /// <summary>The account whose clock it is.</summary>
    public Sid AccountSid { get; init; }

    /// <summary>The offset that is added to real time while the clock runs.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>The time of a frozen clock; null while it runs.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>
    /// The end of the last jump. Work that was due before it is done after it, with its due time as its time.
    /// </summary>
    public DateTimeOffset JumpTo { get; init; }

    /// <summary>The time before the last move.</summary>
    public DateTimeOffset MovedFrom { get; init; }

    /// <summary>The number of moves.</summary>
    public long MoveCount { get; init; }

    /// <summary>The number of changes, moves included, so that servers recognise the last one.</summary>
    public long Version { get; init; }

    /// <summary>The database's transaction that made the last change, by which servers find it.</summary>
    public long Change { get; init; }

    /// <summary>Whether the clock shows real time, and always did.</summary>
    public bool IsReal => Version == 0 && FrozenAt is null && Offset == TimeSpan.Zero;

    /// <summary>The clock's time at the given real time.</summary>
    public DateTimeOffset At(DateTimeOffset real) => FrozenAt ?? real + Offset;

    /// <summary>
    /// The time to record for work that was due at <paramref name="due"/> and is done at <paramref name="now"/>.
    /// </summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due, DateTimeOffset now) => due < JumpTo ? due : now;

    /// <summary>
    /// The real time at which the clock shows a time; <see cref="DateTimeOffset.MaxValue"/> while it is frozen before.
    /// </summary>
    public DateTimeOffset RealTimeOf(DateTimeOffset time)
    {
        if (FrozenAt < time) return DateTimeOffset.MaxValue;
        // A clock may be thousands of years ahead.
        var ticks = Math.Clamp(
            time.UtcTicks - Offset.Ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks);
        return new(ticks, TimeSpan.Zero);
    }

    /// <summary>Whether something of this time existed before the last move.</summary>
    public bool IsFromBeforeMove(DateTimeOffset created) => created < JumpTo || created <= MovedFrom;

    /// <summary>The clock after a jump. A frozen clock stays frozen.</summary>
    /// <param name="to">The new time.</param>
    /// <param name="real">The present real time, in whole microseconds.</param>
    public ClockState Jump(DateTimeOffset to, DateTimeOffset real) => new()
    {
        AccountSid = AccountSid,
        Offset = to - real,
        FrozenAt = FrozenAt is null ? null : to,
        JumpTo = to,
        MovedFrom = At(real),
        MoveCount = MoveCount + 1,
        Version = Version + 1,
    };

    /// <summary>This clock, which is at its beginning, as the successor of another one.</summary>
    public ClockState After(ClockState former) => new()
    {
        AccountSid = AccountSid,
        FrozenAt = FrozenAt,
        MoveCount = former.MoveCount + 1,
        Version = former.Version + 1,
    };

    /// <summary>The clock after it is frozen or released. Its time does not change.</summary>
    /// <param name="frozen">Whether the clock is frozen.</param>
    /// <param name="real">The present real time, in whole microseconds.</param>
    public ClockState Freeze(bool frozen, DateTimeOffset real)
    {
        var now = At(real);
        return new()
        {
            AccountSid = AccountSid,
            Offset = now - real,
            FrozenAt = frozen ? now : null,
            JumpTo = JumpTo,
            MovedFrom = MovedFrom,
            MoveCount = MoveCount,
            Version = Version + 1,
        };
    }
}
