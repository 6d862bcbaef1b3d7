using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Which short codes are listed.</summary>
internal sealed record ShortCodeFilter
{
    /// <summary>The exact name.</summary>
    [FromQuery(Name = "FriendlyName")]
    public string? FriendlyName { get; init; }

    /// <summary>Digits that the short code contains, <c>*</c> for any digit.</summary>
    [FromQuery(Name = "ShortCode")]
    public string? ShortCode { get; init; }

    /// <summary>Filters.</summary>
    public IQueryable<ShortCode> Apply(IQueryable<ShortCode> shortCodes)
    {
        if (!string.IsNullOrEmpty(ShortCode))
        {
            var pattern = NumberPattern.Like(ShortCode);
            shortCodes = pattern is null
                ? shortCodes.Where(_ => false)
                : shortCodes.Where(shortCode => EF.Functions.Like(shortCode.Code, pattern));
        }

        return string.IsNullOrEmpty(FriendlyName) ? shortCodes : shortCodes.Where(shortCode => shortCode.FriendlyName == FriendlyName);
    }
}
