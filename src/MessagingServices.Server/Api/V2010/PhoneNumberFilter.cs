using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Which phone numbers are listed.</summary>
internal sealed record PhoneNumberFilter
{
    /// <summary>
    /// Digits that the number contains, <c>*</c> for any digit; behind a <c>+</c>, digits that it begins with. What people write between
    /// digits does not count.
    /// </summary>
    [FromQuery(Name = "PhoneNumber")]
    public string? PhoneNumber { get; init; }

    /// <summary>The exact name.</summary>
    [FromQuery(Name = "FriendlyName")]
    public string? FriendlyName { get; init; }

    /// <summary>Whether numbers new to Twilio's platform are listed too; no number is.</summary>
    [FromQuery(Name = "Beta")]
    public string? Beta { get; init; }

    /// <summary><c>twilio</c> (every number) or <c>hosted</c> (none).</summary>
    [FromQuery(Name = "Origin")]
    public string? Origin { get; init; }

    /// <summary>Filters.</summary>
    /// <exception cref="TwilioException">20001 for an unreadable <c>Beta</c> or <c>Origin</c>.</exception>
    public IQueryable<PhoneNumber> Apply(IQueryable<PhoneNumber> numbers)
    {
        if (!string.IsNullOrEmpty(PhoneNumber))
        {
            var pattern = NumberPattern.Like(PhoneNumber);
            numbers = pattern is null ? numbers.Where(_ => false) : numbers.Where(number => EF.Functions.Like(number.Number, pattern));
        }

        if (!string.IsNullOrEmpty(FriendlyName)) numbers = numbers.Where(number => number.FriendlyName == FriendlyName);
        if (Beta is not null && !bool.TryParse(Beta, out _))
            throw new TwilioException(MessagingError.BadParameter.ToApiError($"Beta must be true or false, not '{Beta}'"));
        return Origin?.ToLowerInvariant() switch
        {
            null or "" or "twilio" => numbers,
            "hosted" => numbers.Where(_ => false),
            _ => throw new TwilioException(MessagingError.BadParameter.ToApiError($"Origin must be twilio or hosted, not '{Origin}'")),
        };
    }
}
