using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// Lists usage: the newest period first, and in each period all categories. A page reads the messages of its own
/// periods only. The place in the list is the number of records before.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="account">The account.</param>
/// <param name="categories">The categories.</param>
internal sealed class UsageListing(MessagingDb db, Sid account, IReadOnlyList<UsageCategory> categories)
{
    /// <summary>Reads one page.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="period">The length of the periods.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, which is not before the first.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<Listing<UsageRecord>> ReadAsync(
        PageRequest page, UsagePeriod period, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var count = (long)period.CountBetween(from, to) * categories.Count;
        var start = page.Token is not { } token ? 0
            : token.Backwards ? Math.Max(0, token.Ordinal - page.Size) : token.Ordinal;
        var end = Math.Min(count, start + page.Size);
        if (start >= end) return new(page, [], null, null);
        List<(UsageCategory Category, DateOnly Start, DateOnly End)> rows =
        [
            .. Enumerable.Range(0, (int)(end - start)).Select(i =>
            {
                var (back, category) = Math.DivRem(start + i, categories.Count);
                var (first, last) = period.Before(to, (int)back);
                return (categories[(int)category], first < from ? from : first, last > to ? to : last);
            }),
        ];
        var usage = (await db.ReadUsageAsync(
            account, period.Unit, rows.Min(row => row.Start), rows.Max(row => row.End), cancellation))
            .ToLookup(group => period.StartOf(group.Start));
        return new(page,
            [.. rows.Select(row => new UsageRecord(row.Category, row.Start, row.End,
                [.. usage[period.StartOf(row.Start)].Where(row.Category.Includes)]))],
            start > 0 ? new(true, account, start) : null, end < count ? new(false, account, end) : null);
    }
}

/// <summary>The length of the periods of a list of usage.</summary>
/// <param name="Unit">The unit of PostgreSQL's <c>date_trunc</c>.</param>
internal sealed record UsagePeriod(string Unit)
{
    /// <summary>All days in one period.</summary>
    public static readonly UsagePeriod All = new("millennium");

    public static readonly UsagePeriod Day = new("day");

    public static readonly UsagePeriod Month = new("month");

    public static readonly UsagePeriod Year = new("year");

    /// <summary>How many periods have days of this range.</summary>
    public int CountBetween(DateOnly from, DateOnly to) => 1 + (Unit switch
    {
        "day" => to.DayNumber - from.DayNumber,
        "month" => ((to.Year - from.Year) * 12) + to.Month - from.Month,
        "year" => to.Year - from.Year,
        _ => 0,
    });

    /// <summary>The first day of the period of a day.</summary>
    public DateOnly StartOf(DateOnly day) => Unit switch
    {
        "day" => day,
        "month" => new(day.Year, day.Month, 1),
        "year" => new(day.Year, 1, 1),
        _ => DateOnly.MinValue,
    };

    /// <summary>The period that lies so many periods before that of a day.</summary>
    public (DateOnly First, DateOnly Last) Before(DateOnly day, int periods)
    {
        var start = StartOf(day);
        return Unit switch
        {
            "day" => (start.AddDays(-periods), start.AddDays(-periods)),
            "month" => (start.AddMonths(-periods), start.AddMonths(1 - periods).AddDays(-1)),
            "year" => (start.AddYears(-periods), start.AddYears(1 - periods).AddDays(-1)),
            _ => (DateOnly.MinValue, DateOnly.MaxValue),
        };
    }
}
