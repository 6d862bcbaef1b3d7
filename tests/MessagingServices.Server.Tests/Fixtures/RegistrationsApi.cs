using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Brands, their vettings, toll-free verifications, and the statuses that tests force.</summary>
internal sealed class RegistrationsApi(TestApi api)
{
    public const string Brands = "/v1/a2p/BrandRegistrations";
    public const string Verifications = "/v1/Tollfree/Verifications";

    /// <summary>The parameters that a brand needs.</summary>
    public static readonly (string Name, string Value)[] BrandNeeds =
    [
        ("CustomerProfileBundleSid", "BU0000009f7e067e279523808d267e2d90"),
        ("A2PProfileBundleSid", "BU1111109f7e067e279523808d267e2d85"),
    ];

    /// <summary>The parameters that a verification needs, except for the number.</summary>
    public static readonly (string Name, string Value)[] VerificationNeeds =
    [
        ("BusinessName", "Owl, Inc."), ("BusinessWebsite", "http://www.company.com"),
        ("NotificationEmail", "support@company.com"), ("UseCaseCategories", "TWO_FACTOR_AUTHENTICATION"),
        ("UseCaseCategories", "MARKETING"), ("UseCaseSummary", "Offers and coupons"),
        ("ProductionMessageSample", "lorem ipsum"), ("OptInImageUrls", "https://testbusiness.com/images/image1.jpg"),
        ("OptInType", "VERBAL"), ("MessageVolume", "1,000"),
    ];

    private static int last;

    public static string PathOfBrand(string brand) => $"{Brands}/{brand}";

    public static string PathOf(string verification) => $"{Verifications}/{verification}";

    public static string VettingsOf(string brand) => $"{Brands}/{brand}/Vettings";

    /// <summary>Registers a brand, and returns its SID.</summary>
    public Task<string> CreateBrandAsync(params (string Name, string Value)[] more) =>
        api.CreateAsync(Brands, [.. BrandNeeds, .. more]);

    /// <summary>Registers a brand that is approved at once, and returns its SID.</summary>
    public async Task<string> CreateApprovedBrandAsync(params (string Name, string Value)[] more)
    {
        var brand = await CreateBrandAsync(more);
        await ForceAsync(brand, "APPROVED");
        if (more.Any(field => field.Value == "SOLE_PROPRIETOR")) await ForceAsync(brand, "VERIFIED");
        return brand;
    }

    /// <summary>Creates a toll-free number that no other test has, and returns its SID and the number.</summary>
    public async Task<(string Sid, string Number)> CreateTollFreeAsync()
    {
        var number = $"+1800{5_550_100 + Interlocked.Increment(ref last)}";
        return (await api.Numbers.CreateAsync(number), number);
    }

    /// <summary>Submits a number with the parameters that it needs, some of them changed.</summary>
    public Task<ApiResponse> VerifyAsync(string number, params (string Name, string Value)[] changed) =>
        api.PostAsync(Verifications, [.. VerificationNeeds.With(changed), ("TollfreePhoneNumberSid", number)]);

    /// <summary>Forces a status.</summary>
    public Task<ApiResponse> ForceAsync(string sid, string status, params (string Name, string Value)[] more) =>
        api.PostAsync($"/emulator/v1/Registrations/{sid}", [("Status", status), .. more]).ExpectAsync(200);

    /// <summary>The status of a brand and of its identity.</summary>
    public async Task<(string?, string?)> StatusOfBrandAsync(string brand)
    {
        var found = await api.GetAsync(PathOfBrand(brand)).ExpectAsync(200);
        return (found["status"], found["identity_status"]);
    }

    /// <summary>The SIDs of the verifications that a filter finds.</summary>
    public async Task<IEnumerable<string>> FindAsync(string query) =>
        (await api.GetAsync($"{Verifications}?{query}").ExpectAsync(200)).Body!["verifications"]!.AsArray()
            .Select(found => found!["sid"]!.ToString());

    /// <summary>The step of a rule in a message's selection; null when the rule left none.</summary>
    public async Task<JsonNode?> StepAsync(string message, string rule) =>
        (await api.GetAsync(MessagesApi.TimelinePathOf(message)).ExpectAsync(200))
            .Body!["sender_selection"]!["steps"]!.AsArray().FirstOrDefault(step => step!["rule"]!.ToString() == rule);
}
