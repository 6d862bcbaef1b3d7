using System.Globalization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// A phone number that can be provisioned. Source:
/// https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource.
/// </summary>
[XmlName("AvailablePhoneNumber")]
internal sealed record AvailablePhoneNumberResource
{
    /// <summary>The number as people write it.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The number in E.164.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The local access and transport area: unknown here.</summary>
    public string? Lata { get; init; }

    /// <summary>The city; null where it is unknown, and outside of North America.</summary>
    public required string? Locality { get; init; }

    /// <summary>The rate center: the city in capitals.</summary>
    public required string? RateCenter { get; init; }

    /// <summary>The latitude: unknown here.</summary>
    public string? Latitude { get; init; }

    /// <summary>The longitude: unknown here.</summary>
    public string? Longitude { get; init; }

    /// <summary>The state or province, two letters; null outside of the US and Canada.</summary>
    public required string? Region { get; init; }

    /// <summary>The postal code: unknown here.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The country, ISO 3166.</summary>
    public required string IsoCountry { get; init; }

    /// <summary>Whether it needs an address: never.</summary>
    public string AddressRequirements { get; init; } = "none";

    /// <summary>Whether it is new to Twilio's platform: no number is.</summary>
    public bool Beta { get; init; }

    /// <summary>Its capabilities.</summary>
    public required PhoneNumberCapabilities Capabilities { get; init; }

    /// <summary>The resource of a number.</summary>
    public static AvailablePhoneNumberResource Of(PhoneNumberValue number, string country)
    {
        var (city, state) = number.IsTollFree ? default : number.Place;
        return new()
        {
            FriendlyName = number.IsNorthAmerican ? number.NationalFormat : number.E164,
            PhoneNumber = number.E164,
            Locality = city is null ? null : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(city.ToLowerInvariant()),
            RateCenter = city,
            Region = state,
            IsoCountry = country,
            Capabilities = PhoneNumberCapabilities.Of(Domain.Senders.PhoneNumber.CapabilitiesOf(number)),
        };
    }
}

/// <summary>The numbers that a search found. The list has no pages.</summary>
/// <param name="AvailablePhoneNumbers">The numbers.</param>
/// <param name="Uri">The resource's path.</param>
internal sealed record AvailablePhoneNumberList(
    IReadOnlyList<AvailablePhoneNumberResource> AvailablePhoneNumbers, string Uri) : IUnpagedList
{
    Page2010 IUnpagedList.ToPage() =>
        new("available_phone_numbers", "AvailablePhoneNumber", [new("uri", Uri)], AvailablePhoneNumbers);
}

/// <summary>A country in which numbers can be provisioned.</summary>
[XmlName("Country")]
internal sealed record AvailableCountryResource
{
    /// <summary>The country, ISO 3166.</summary>
    public required string CountryCode { get; init; }

    /// <summary>Its name in English.</summary>
    public required string Country { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>Whether its numbers are new to Twilio's platform: no.</summary>
    public bool Beta { get; init; }

    /// <summary>The paths of its numbers, by type.</summary>
    public required IReadOnlyDictionary<string, string> SubresourceUris { get; init; }

    /// <summary>The resource of a country.</summary>
    public static AvailableCountryResource Of(NumberCountry country, Sid account)
    {
        var path = $"/2010-04-01/Accounts/{account}/AvailablePhoneNumbers/{country.Code}";
        return new()
        {
            CountryCode = country.Code,
            Country = country.Name,
            Uri = $"{path}.json",
            SubresourceUris = NumberOffers.TypesIn(country.Code).ToDictionary(
                EnumNames<OfferedNumberType>.Of, type => $"{path}/{type}.json"),
        };
    }
}

/// <summary>The countries in which numbers can be provisioned. The list has no pages.</summary>
/// <param name="Countries">The countries.</param>
/// <param name="Uri">The resource's path.</param>
internal sealed record AvailableCountryList(IReadOnlyList<AvailableCountryResource> Countries, string Uri)
    : IUnpagedList
{
    Page2010 IUnpagedList.ToPage() => new("countries", "Country", [new("uri", Uri)], Countries);
}
