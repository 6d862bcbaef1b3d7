using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// Which media of a message are listed. Dates are GMT: <c>DateCreated</c> means that day; <c>DateCreated&lt;</c> and <c>DateCreated&gt;</c> with a
/// date include the whole day, with a time they compare the moment, both inclusive.
/// </summary>
internal sealed record MediaFilter
{
    /// <summary>Fetched on this day.</summary>
    [FromQuery(Name = "DateCreated")]
    public string? DateCreated { get; init; }

    /// <summary>Fetched then or before.</summary>
    [FromQuery(Name = "DateCreated<")]
    public string? DateCreatedBefore { get; init; }

    /// <summary>Fetched then or after.</summary>
    [FromQuery(Name = "DateCreated>")]
    public string? DateCreatedAfter { get; init; }

    /// <summary>Filters.</summary>
    /// <exception cref="TwilioException">20001 for an unreadable date.</exception>
    public IQueryable<StoredMedia> Apply(IQueryable<StoredMedia> media)
    {
        if (!string.IsNullOrEmpty(DateCreated))
        {
            var day = DateParameter.Read(nameof(DateCreated), DateCreated).Day;
            media = media.Where(one => one.DateCreated >= day && one.DateCreated < day.AddDays(1));
        }

        if (!string.IsNullOrEmpty(DateCreatedBefore))
        {
            var (moment, day, hasTime) = DateParameter.Read("DateCreated<", DateCreatedBefore);
            media = hasTime ? media.Where(one => one.DateCreated <= moment) : media.Where(one => one.DateCreated < day.AddDays(1));
        }

        if (!string.IsNullOrEmpty(DateCreatedAfter))
        {
            var (moment, day, hasTime) = DateParameter.Read("DateCreated>", DateCreatedAfter);
            var least = hasTime ? moment : day;
            media = media.Where(one => one.DateCreated >= least);
        }

        return media;
    }
}
