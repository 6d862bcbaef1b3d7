using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The clock of an account.</summary>
internal sealed record ClockResource
{
    /// <summary>Its time; ISO 8601 in milliseconds.</summary>
    public required PreciseDate Now { get; init; }

    /// <summary>Whether the clock is frozen.</summary>
    public required bool Frozen { get; init; }

    /// <summary>The state of the clock at this moment.</summary>
    public static ClockResource Of(EmulatorClock clock, Sid account) =>
        new() { Now = new(clock.Now(account)), Frozen = clock.StateOf(account).FrozenAt is not null };
}

/// <summary>How the clock is changed: moved by <c>Advance</c> or to <c>Now</c>, and frozen or let run.</summary>
internal sealed record ChangeClockForm
{
    /// <summary>
    /// How far to advance the clock: an ISO 8601 duration, for example <c>PT1H</c> or <c>P1D</c>; or <c>next</c>: to
    /// the next due thing.
    /// </summary>
    public string? Advance { get; init; }

    /// <summary>The new time: an ISO 8601 time, not in the clock's past; without an offset it is UTC.</summary>
    public string? Now { get; init; }

    /// <summary>
    /// <c>true</c>: it stops, and moves only through this API. <c>false</c>: it runs on from its present time.
    /// </summary>
    public string? Frozen { get; init; }

    /// <summary>Whether the clock moves to the next due thing.</summary>
    internal bool IsToNext => IsNext(Advance);

    /// <summary>The value of <see cref="Advance"/> for the next due thing.</summary>
    internal const string NextDue = "next";

    internal static bool IsNext(string? advance) => NextDue.Equals(advance, StringComparison.OrdinalIgnoreCase);

    /// <summary>The change that the form asks for; its shape was checked.</summary>
    internal ClockChange ToChange() => new()
    {
        Advance = IsoDuration.TryParse(Advance, out var duration) ? duration : null,
        Now = TryTime(Now, out var now) ? now : null,
        Frozen = Frozen is null ? null : bool.Parse(Frozen),
    };

    internal static bool TryTime(string? text, out DateTimeOffset time)
    {
        var read = DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
        // PostgreSQL keeps microseconds.
        time = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
        return read;
    }
}

/// <summary>One move at most, and something to do.</summary>
internal sealed class ChangeClockRules : AbstractValidator<ChangeClockForm>
{
    public ChangeClockRules()
    {
        RuleFor(form => form.Advance).Must((form, advance) => (advance ?? form.Now ?? form.Frozen) is not null)
            .ToApiError(_ => "One of Advance, Now and Frozen is required");
        RuleFor(form => form.Now).Must((form, now) => now is null || form.Advance is null)
            .ToApiError(_ => "Only one of Advance and Now can be given");
        RuleFor(form => form.Advance)
            .Must(
                new() { Pattern = "^([nN][eE][xX][tT]|P.+)$" },
                advance => advance is null || ChangeClockForm.IsNext(advance) || IsoDuration.TryParse(advance, out _))
            .ToApiError(value => $"Advance must be an ISO 8601 duration such as PT1H or P1D, or next, not '{value}'");
        RuleFor(form => form.Now)
            .Must(new() { Format = "date-time" }, now => now is null || ChangeClockForm.TryTime(now, out _))
            .ToApiError(value => $"Now must be an ISO 8601 time such as 2030-01-31T10:30:00Z, not '{value}'");
        RuleFor(form => form.Frozen).Boolean("Frozen");
    }
}
