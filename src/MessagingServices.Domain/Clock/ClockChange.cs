namespace MessagingServices.Domain.Clock;

/// <summary>
/// A change of the emulator's clock. At most one of <see cref="Advance"/>, <see cref="Now"/> and
/// <see cref="Until"/> is set.
/// </summary>
public sealed record ClockChange
{
    private const int LastYear = 9000;

    /// <summary>The duration to add.</summary>
    public IsoDuration? Advance { get; init; }

    public DateTimeOffset? Now { get; init; }

    /// <summary>The time to reach; a clock that is there or beyond stays.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the clock is frozen after the change; null keeps it as it is.</summary>
    public bool? Frozen { get; init; }

    /// <summary>Whether the change sets the time.</summary>
    public bool IsMove => Advance is not null || Now is not null || Until is not null;

    /// <summary>The time after the change, never before <paramref name="present"/>.</summary>
    /// <exception cref="TwilioException">20001 for a time in the past or after the year 9000.</exception>
    public DateTimeOffset TimeAfter(DateTimeOffset present)
    {
        if (Advance is { } advance)
        {
            return advance.After(present) is { Year: <= LastYear } later
                ? later
                : throw BadParameter($"Advance leads beyond the year {LastYear}");
        }

        if (Until is { } until) return until > present ? until : present;
        if (Now is not { } now) return present;
        if (now.Year > LastYear) throw BadParameter($"Now lies beyond the year {LastYear}");
        if (now >= present) return now;
        // The API shows milliseconds. The time that it has just shown is not in the past.
        return present - now < TimeSpan.FromMilliseconds(1)
            ? present
            : throw BadParameter("Now lies in the past of the emulator's clock");
    }

    private static TwilioException BadParameter(string why) => new(MessagingError.BadParameter.ToApiError(why));
}
