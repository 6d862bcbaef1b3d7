
namespace MessagingServices.Domain.Clock;

/// <summary>What becomes of the emulator's clock. At most one of <see cref="Advance"/> and <see cref="Now"/> is given.</summary>
public sealed record ClockChange
{
    private const int LastYear = 9000;

    /// <summary>By how much it is moved.</summary>
    public IsoDuration? Advance { get; init; }

    /// <summary>To what time it is moved.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Whether it stands from then on; null leaves it as it is.</summary>
    public bool? Frozen { get; init; }

    /// <summary>Whether its time changes.</summary>
    public bool IsMove => Advance is not null || Now is not null;

    /// <summary>The time after the change; never before the present one.</summary>
    /// <exception cref="TwilioException">20001 for a time in the past or beyond the calendar.</exception>
    public DateTimeOffset TimeAfter(DateTimeOffset present)
    {
        if (Advance is { } advance)
        {
            return advance.After(present) is { Year: <= LastYear } later
                ? later
                : throw Refused($"Advance leads beyond the year {LastYear}");
        }

        if (Now is not { } now) return present;
        if (now.Year > LastYear) throw Refused($"Now lies beyond the year {LastYear}");
        if (now >= present) return now;
        // The clock is told in milliseconds: what it has told is not its past.
        return present - now < TimeSpan.FromMilliseconds(1) ? present : throw Refused("Now lies in the past of the emulator's clock");
    }

    private static TwilioException Refused(string why) => new(MessagingError.BadParameter.ToApiError(why));
}
