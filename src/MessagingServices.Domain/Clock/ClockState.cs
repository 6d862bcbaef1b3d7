namespace MessagingServices.Domain.Clock;

/// <summary>How the emulator's clock stands against real time. One row, shared by all servers, kept over restarts.</summary>
public sealed class ClockState
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; private init; } = OnlyId;

    /// <summary>What is added to real time while the clock runs.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>The time at which the clock stands; null while it runs.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>
    /// The span of the last jump. What came due within it is worked after the jump, but has the time at which it was due.
    /// </summary>
    public DateTimeOffset JumpFrom { get; init; }

    /// <summary>The end of the last jump.</summary>
    public DateTimeOffset JumpTo { get; init; }

    /// <summary>How often messages were removed by a reset. It stands here because every server reads this row all the time.</summary>
    public long ResetCount { get; init; }

    /// <summary>The emulator's time at a moment of real time.</summary>
    public DateTimeOffset At(DateTimeOffset real) => FrozenAt ?? real + Offset;

    /// <summary>The time that work has which was due at <paramref name="due"/> and is done at <paramref name="now"/>.</summary>
    public DateTimeOffset EffectiveTime(DateTimeOffset due, DateTimeOffset now) => JumpFrom <= due && due < JumpTo ? due : now;

    /// <summary>The clock after a jump; frozen if it was.</summary>
    /// <param name="from">What is due from then on is worked as if its time had come one by one.</param>
    /// <param name="to">The time that it is now.</param>
    /// <param name="real">Now in real time, in whole microseconds.</param>
    public ClockState Jump(DateTimeOffset from, DateTimeOffset to, DateTimeOffset real) =>
        new() { Offset = to - real, FrozenAt = FrozenAt is null ? null : to, JumpFrom = from, JumpTo = to, ResetCount = ResetCount };

    /// <summary>The clock frozen, or running on from where it stands. Its time is the same.</summary>
    /// <param name="frozen">Whether it stands.</param>
    /// <param name="real">Now in real time, in whole microseconds.</param>
    public ClockState Freeze(bool frozen, DateTimeOffset real)
    {
        var now = At(real);
        return new() { Offset = now - real, FrozenAt = frozen ? now : null, JumpFrom = JumpFrom, JumpTo = JumpTo, ResetCount = ResetCount };
    }
}
