using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// A phone number in a sender pool. Source: https://www.twilio.com/docs/messaging/api/phonenumber-resource.
/// </summary>
internal sealed record PoolPhoneNumberResource
{
    /// <summary>The phone number's own SID, prefix PN.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>When it joined the pool; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same as date_created: members of a pool do not change.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The number in E.164.</summary>
    [Shape(Pattern = "^[+][0-9]+$")]
    public required string PhoneNumber { get; init; }

    /// <summary>ISO 3166 code of its country, US for a toll-free number; null for a number of no country.</summary>
    public required string? CountryCode { get; init; }

    /// <summary>Its capabilities: MMS, SMS, Voice.</summary>
    [Shape(Words = ["MMS", "SMS", "Voice"])]
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a member of a pool, its address on the host that the request came to.</summary>
    public static PoolPhoneNumberResource Of(PoolSender sender, HttpRequest request) => new()
    {
        Sid = sender.Sid,
        AccountSid = sender.AccountSid,
        ServiceSid = sender.MessagingServiceSid,
        DateCreated = new(sender.DateCreated),
        DateUpdated = new(sender.DateUpdated),
        PhoneNumber = sender.Address,
        CountryCode = sender.Type == SenderType.TollFree ? "US" : sender.Country,
        Capabilities = CapabilityNames.Of(sender.Capabilities),
        Url = request.AbsoluteUrl($"/v1/Services/{sender.MessagingServiceSid}/PhoneNumbers/{sender.Sid}"),
    };
}

/// <summary>The parameters with which a phone number is put into a pool.</summary>
internal sealed record AddPoolPhoneNumberForm
{
    /// <summary>The phone number, by its SID. Required.</summary>
    public string? PhoneNumberSid { get; init; }
}

/// <summary>The number must be named by a SID.</summary>
internal sealed class AddPoolPhoneNumberRules : AbstractValidator<AddPoolPhoneNumberForm>
{
    public AddPoolPhoneNumberRules()
    {
        RuleFor(form => form.PhoneNumberSid).Required(nameof(AddPoolPhoneNumberForm.PhoneNumberSid));
        RuleFor(form => form.PhoneNumberSid).SidOf(SidPrefix.PhoneNumber)
            .ToApiError(MessagingError.InvalidPhoneNumber);
    }
}
