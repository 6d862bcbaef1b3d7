using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// A short code in a sender pool. Source: https://www.twilio.com/docs/messaging/api/services-shortcode-resource.
/// </summary>
internal sealed record PoolShortCodeResource
{
    /// <summary>The short code's own SID, prefix SC.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>When it joined the pool; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same as date_created: members of a pool do not change.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The digits of the short code.</summary>
    public required string ShortCode { get; init; }

    /// <summary>ISO 3166 code of its country.</summary>
    public required string? CountryCode { get; init; }

    /// <summary>Its capabilities: MMS, SMS.</summary>
    [Shape(Words = ["MMS", "SMS", "Voice"])]
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a member of a pool, its address on the host that the request came to.</summary>
    public static PoolShortCodeResource Of(PoolSender sender, HttpRequest request) => new()
    {
        Sid = sender.Sid,
        AccountSid = sender.AccountSid,
        ServiceSid = sender.MessagingServiceSid,
        DateCreated = new(sender.DateCreated),
        DateUpdated = new(sender.DateUpdated),
        ShortCode = sender.Address,
        CountryCode = sender.Country,
        Capabilities = CapabilityNames.Of(sender.Capabilities),
        Url = request.AbsoluteUrl($"/v1/Services/{sender.MessagingServiceSid}/ShortCodes/{sender.Sid}"),
    };
}

/// <summary>The parameters with which a short code is put into a pool.</summary>
internal sealed record AddPoolShortCodeForm
{
    /// <summary>The short code, by its SID. Required.</summary>
    public string? ShortCodeSid { get; init; }
}

/// <summary>The short code must be named by a SID.</summary>
internal sealed class AddPoolShortCodeRules : AbstractValidator<AddPoolShortCodeForm>
{
    public AddPoolShortCodeRules()
    {
        RuleFor(form => form.ShortCodeSid).Required(nameof(AddPoolShortCodeForm.ShortCodeSid));
        RuleFor(form => form.ShortCodeSid).SidOf(SidPrefix.ShortCode)
            .ToApiError(MessagingError.InvalidPhoneNumber);
    }
}
