namespace MessagingServices.Domain.Clock;

/// <summary>
/// The difference between the emulator's clock and real time. All servers share this one row; it is kept over restarts.
/// </summary>
public sealed class ClockState
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    public int Id { get; private init; } = OnlyId;

    /// <summary>The offset that is added to real time while the clock runs.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>The time of a frozen clock; null while it runs.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>
    /// The start of the last jump. Work that became due within the jump is done after it, with its due time as its
    /// time.
    /// </summary>
    public DateTimeOffset JumpFrom { get; init; }

    /// <summary>The end of the last jump.</summary>
    public DateTimeOffset JumpTo { get; init; }

    /// <summary>The time before the last move.</summary>
    public DateTimeOffset MovedFrom { get; init; }

    /// <summary>The number of moves, so that servers recognise the last one.</summary>
    public long MoveCount { get; init; }

    /// <summary>
    /// The number of resets that have removed messages. It is stored here because every server polls this row.
    /// </summary>
    public long ResetCount { get; init; }

    /// <summary>The emulator's time at the given real time.</summary>
    public DateTimeOffset At(DateTimeOffset real) => FrozenAt ?? real + Offset;

    /// <summary>
    /// The time to record for work that was due at <paramref name="due"/> and is done at <paramref name="now"/>.
    /// </summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due, DateTimeOffset now) =>
        JumpFrom <= due && due < JumpTo ? due : now;

    /// <summary>Whether something of this time existed before the last move.</summary>
    public bool IsFromBeforeMove(DateTimeOffset created) => created < JumpTo || created <= MovedFrom;

    /// <summary>The clock after a jump. A frozen clock stays frozen.</summary>
    /// <param name="from">The start of the jump.</param>
    /// <param name="to">The new time.</param>
    /// <param name="real">The present real time, in whole microseconds.</param>
    public ClockState Jump(DateTimeOffset from, DateTimeOffset to, DateTimeOffset real) =>
        new()
        {
            Offset = to - real,
            FrozenAt = FrozenAt is null ? null : to,
            JumpFrom = from,
            JumpTo = to,
            MovedFrom = At(real),
            MoveCount = MoveCount + 1,
            ResetCount = ResetCount,
        };

    /// <summary>The clock after it is frozen or released. Its time does not change.</summary>
    /// <param name="frozen">Whether the clock is frozen.</param>
    /// <param name="real">The present real time, in whole microseconds.</param>
    public ClockState Freeze(bool frozen, DateTimeOffset real)
    {
        var now = At(real);
        return new()
        {
            Offset = now - real,
            FrozenAt = frozen ? now : null,
            JumpFrom = JumpFrom,
            JumpTo = JumpTo,
            MovedFrom = MovedFrom,
            MoveCount = MoveCount,
            ResetCount = ResetCount,
        };
    }
}
