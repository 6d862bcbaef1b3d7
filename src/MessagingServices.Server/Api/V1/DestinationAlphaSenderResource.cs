using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// An alphanumeric sender of a pool, for one country or for all others. Source:
/// https://www.twilio.com/docs/messaging/api/destination-alphasender-resource.
/// </summary>
internal sealed record DestinationAlphaSenderResource
{
    /// <summary>SID with the prefix AI.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>When it joined the pool; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same as date_created: members of a pool do not change.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The alphanumeric sender ID.</summary>
    public required string AlphaSender { get; init; }

    /// <summary>Its capabilities: SMS.</summary>
    [Shape(Words = ["MMS", "SMS", "Voice"])]
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>ISO 3166 code of the country that it is for; empty for the default of all others.</summary>
    public required string IsoCountryCode { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a member of a pool, its address on the host that the request came to.</summary>
    public static DestinationAlphaSenderResource Of(PoolSender sender, HttpRequest request) => new()
    {
        Sid = sender.Sid,
        AccountSid = sender.AccountSid,
        ServiceSid = sender.MessagingServiceSid,
        DateCreated = new(sender.DateCreated),
        DateUpdated = new(sender.DateUpdated),
        AlphaSender = sender.Address,
        Capabilities = CapabilityNames.Of(sender.Capabilities),
        IsoCountryCode = sender.Country ?? "",
        Url = request.AbsoluteUrl($"/v1/Services/{sender.MessagingServiceSid}/DestinationAlphaSenders/{sender.Sid}"),
    };
}

/// <summary>The parameters with which an alphanumeric sender is made.</summary>
internal sealed record CreateDestinationAlphaSenderForm
{
    /// <summary>
    /// The name: at most eleven of letters, digits, space, <c>-</c>, <c>+</c>, <c>_</c> and <c>&amp;</c>, a letter
    /// among them. Required.
    /// </summary>
    public string? AlphaSender { get; init; }

    /// <summary>
    /// ISO 3166 code of the country that it is for, two letters; all countries without one of their own when absent or
    /// empty.
    /// </summary>
    public string? IsoCountryCode { get; init; }
}

/// <summary>A name must be given, and the country must be one.</summary>
internal sealed class CreateDestinationAlphaSenderRules : AbstractValidator<CreateDestinationAlphaSenderForm>
{
    public CreateDestinationAlphaSenderRules()
    {
        RuleFor(form => form.AlphaSender).AlphaSenderName();
        RuleFor(form => form.IsoCountryCode).Country(nameof(CreateDestinationAlphaSenderForm.IsoCountryCode));
    }
}

/// <summary>Filters the list of alphanumeric senders.</summary>
internal sealed record DestinationAlphaSenderFilter
{
    /// <summary>Those for this country, ISO 3166; all when absent or empty.</summary>
    public string? IsoCountryCode { get; init; }

    /// <summary>Filters; the code was checked.</summary>
    internal IQueryable<PoolSender> Apply(IQueryable<PoolSender> senders) =>
        IsoCountryCode.ToCountry() is { } country ? senders.Where(sender => sender.Country == country) : senders;
}

/// <summary>The country must be one.</summary>
internal sealed class DestinationAlphaSenderFilterRules : AbstractValidator<DestinationAlphaSenderFilter>
{
    public DestinationAlphaSenderFilterRules() =>
        RuleFor(filter => filter.IsoCountryCode).Country(nameof(DestinationAlphaSenderFilter.IsoCountryCode));
}
