using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Which time the statistics are of.</summary>
internal sealed record StatisticsForm
{
    private static readonly TimeSpan Default = TimeSpan.FromHours(1);

    /// <summary>The beginning: <c>YYYY-MM-DD</c>, or with a time, on the emulator's clock. The last hour when absent.
    /// </summary>
    [Shape(Format = "date-time")]
    public string? Since { get; init; }

    /// <summary>The length of a step, an ISO 8601 duration such as <c>PT1M</c>; none without it.</summary>
    [Shape(Format = "duration")]
    public string? Step { get; init; }

    /// <summary>The start of each step, at least that of the first.</summary>
    /// <exception cref="TwilioException">20001 for too many steps.</exception>
    internal IReadOnlyList<DateTimeOffset> StartsUntil(DateTimeOffset now)
    {
        var since = Iso8601Time.TryParseDayOrMoment(Since, out var read) ? read : now - Default;
        List<DateTimeOffset> starts = [since];
        if (!IsoDuration.TryParse(Step, out var step)) return starts;
        while (step.After(starts[^1]) is { } next && next <= now)
        {
            if (starts.Count == StatisticsRules.MaxSteps || next == starts[^1])
                throw new TwilioException(MessagingError.BadParameter.ToApiError(
                    $"Step '{Step}' makes more than {StatisticsRules.MaxSteps} steps"));
            starts.Add(next);
        }

        return starts;
    }
}

/// <summary>Date and duration must be readable.</summary>
internal sealed class StatisticsRules : AbstractValidator<StatisticsForm>
{
    /// <summary>The maximum number of steps.</summary>
    public const int MaxSteps = 500;

    public StatisticsRules()
    {
        RuleFor(form => form.Since)
            .Must(value => string.IsNullOrEmpty(value) || Iso8601Time.TryParseDayOrMoment(value, out _))
            .ToApiError(value => $"Since '{value}' is not a date");
        RuleFor(form => form.Step)
            .Must(value => string.IsNullOrEmpty(value) || IsoDuration.TryParse(value, out _))
            .ToApiError(value => $"Step must be an ISO 8601 duration such as PT1M or P1D, not '{value}'");
    }
}
