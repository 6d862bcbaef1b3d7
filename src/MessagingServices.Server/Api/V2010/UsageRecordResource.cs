using System.Globalization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The usage of one category in one period. Source: https://www.twilio.com/docs/usage/api/usage-record.
/// </summary>
[XmlName("UsageRecord")]
internal sealed record UsageRecordResource
{
    private static readonly (string Name, string Path)[] Lists =
    [
        ("all_time", "AllTime"), ("daily", "Daily"), ("last_month", "LastMonth"), ("monthly", "Monthly"),
        ("this_month", "ThisMonth"), ("today", "Today"), ("yearly", "Yearly"), ("yesterday", "Yesterday"),
    ];

    /// <summary>The account.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The version of the API: always <c>2010-04-01</c>.</summary>
    public string ApiVersion { get; init; } = "2010-04-01";

    /// <summary>The time of the record: now on the emulator's clock; ISO 8601.</summary>
    public required string AsOf { get; init; }

    /// <summary>The category.</summary>
    public required string Category { get; init; }

    /// <summary>The number of messages, as a text.</summary>
    public required string Count { get; init; }

    /// <summary>What <c>count</c> counts: <c>messages</c>; <c>usd</c> for the total price; empty for other
    /// products.</summary>
    public required string CountUnit { get; init; }

    /// <summary>The category in words.</summary>
    public required string Description { get; init; }

    /// <summary>The last day; ISO 8601.</summary>
    public required string EndDate { get; init; }

    /// <summary>The costs, as a text.</summary>
    public required string Price { get; init; }

    /// <summary>The currency: <c>usd</c>.</summary>
    public string PriceUnit { get; init; } = "usd";

    /// <summary>The first day; ISO 8601.</summary>
    public required string StartDate { get; init; }

    /// <summary>The paths of the records of the category in other periods.</summary>
    public required IReadOnlyDictionary<string, string> SubresourceUris { get; init; }

    /// <summary>The record's path.</summary>
    public required string Uri { get; init; }

    /// <summary>The number of segments, as a text; for the total price the costs.</summary>
    public required string Usage { get; init; }

    /// <summary>What <c>usage</c> counts: <c>segments</c>, or <c>usd</c>; empty for other products.</summary>
    public required string UsageUnit { get; init; }

    /// <summary>The resource of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="account">The account.</param>
    /// <param name="now">The time, on the emulator's clock.</param>
    /// <param name="path">The path of the list, with <c>.json</c>.</param>
    public static UsageRecordResource Of(UsageRecord record, Sid account, DateTimeOffset now, string path)
    {
        var isTotal = record.Category.Name == UsageCategory.Total;
        var (start, end) = (Day(record.Start), Day(record.End));
        var price = record.Usage.Sum(usage => usage.Price).ToString("0.#####", CultureInfo.InvariantCulture);
        var root = $"/2010-04-01/Accounts/{account}/Usage/Records";
        return new()
        {
            AccountSid = account,
            AsOf = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture),
            Category = record.Category.Name,
            Count = isTotal ? price : Text(record.Usage.Sum(usage => usage.Count)),
            CountUnit = isTotal ? "usd" : record.Category.IsOfMessages ? "messages" : "",
            Description = record.Category.Description,
            EndDate = end,
            Price = price,
            StartDate = start,
            SubresourceUris = Lists.ToDictionary(
                list => list.Name, list => $"{root}/{list.Path}.json?Category={record.Category.Name}"),
            Uri = $"{path}?Category={record.Category.Name}&StartDate={start}&EndDate={end}",
            Usage = isTotal ? price : Text(record.Usage.Sum(usage => usage.Segments)),
            UsageUnit = isTotal ? "usd" : record.Category.IsOfMessages ? "segments" : "",
        };
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The usage of one category in one period.</summary>
/// <param name="Category">The category.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The last day.</param>
/// <param name="Usage">The messages of the category in the period.</param>
internal sealed record UsageRecord(
    UsageCategory Category, DateOnly Start, DateOnly End, IReadOnlyList<MessageUsage> Usage);
