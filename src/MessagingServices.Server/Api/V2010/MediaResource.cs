using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// A media item of a message, without its bytes. Source: https://www.twilio.com/docs/messaging/api/media-resource.
/// </summary>
[XmlName("Media")]
internal sealed record MediaResource
{
    /// <summary>SID with the prefix ME.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the message.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The SID of the message.</summary>
    public required Sid ParentSid { get; init; }

    /// <summary>Its media type, such as image/jpeg.</summary>
    public required string ContentType { get; init; }

    /// <summary>When it was fetched; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>The same: a media item never changes.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>The resource's path; without .json the bytes are there.</summary>
    public required string Uri { get; init; }

    /// <summary>The resource of a media item.</summary>
    public static MediaResource Of(StoredMedia media) => new()
    {
        Sid = media.Sid,
        AccountSid = media.AccountSid,
        ParentSid = media.MessageSid,
        ContentType = media.ContentType,
        DateCreated = new(media.DateCreated),
        DateUpdated = new(media.DateCreated),
        Uri = $"/2010-04-01/Accounts/{media.AccountSid}/Messages/{media.MessageSid}/Media/{media.Sid}.json",
    };
}

/// <summary>
/// Filters the list of media. Dates are GMT: <c>DateCreated</c> means that day; <c>DateCreated&lt;</c> and
/// <c>DateCreated&gt;</c> with a date include the whole day, with a time they compare the moment, both inclusive.
/// </summary>
internal sealed record MediaFilter
{
    /// <summary>Fetched on this day.</summary>
    [FromQuery(Name = "DateCreated")]
    [Shape(Format = "date-time")]
    public string? DateCreated { get; init; }

    /// <summary>Fetched then or before.</summary>
    [FromQuery(Name = "DateCreated<")]
    [Shape(Format = "date-time")]
    public string? DateCreatedBefore { get; init; }

    /// <summary>Fetched then or after.</summary>
    [FromQuery(Name = "DateCreated>")]
    [Shape(Format = "date-time")]
    public string? DateCreatedAfter { get; init; }

    /// <exception cref="TwilioException">20001 for an unreadable date.</exception>
    public IQueryable<StoredMedia> Apply(IQueryable<StoredMedia> media) => media.Within(
        item => item.DateCreated, nameof(DateCreated), DateCreated, DateCreatedBefore, DateCreatedAfter);
}
