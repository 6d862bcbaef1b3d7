namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A2P campaigns.</summary>
internal sealed class CampaignsApi(TestApi api)
{
    public const string Brand = "BN0123456789abcdef0123456789abcdef";

    /// <summary>The parameters that a registration needs.</summary>
    public static readonly (string Name, string Value)[] Needed =
    [
        ("BrandRegistrationSid", Brand), ("Description", new('d', 40)), ("MessageFlow", new('f', 40)),
        ("MessageSamples", new('1', 20)), ("MessageSamples", new('2', 20)), ("UsAppToPersonUsecase", "MARKETING"),
        ("HasEmbeddedLinks", "false"), ("HasEmbeddedPhone", "false"),
    ];

    /// <summary>The parameters that an update needs.</summary>
    public static readonly (string Name, string Value)[] NeededByUpdate =
    [
        ("Description", new('D', 40)), ("MessageFlow", new('F', 40)), ("MessageSamples", new('3', 20)),
        ("MessageSamples", new('4', 20)), ("HasEmbeddedLinks", "false"), ("HasEmbeddedPhone", "false"),
        ("AgeGated", "false"), ("DirectLending", "false"),
    ];

    public static string PathOf(string service) => $"{ServicesApi.PathOf(service)}/Compliance/Usa2p";

    /// <summary>Registers a campaign with the parameters that it needs, some of them changed.</summary>
    public Task<ApiResponse> RegisterAsync(string service, params (string Name, string Value)[] changed) =>
        api.PostAsync(PathOf(service), Needed.With(changed));
}

/// <summary>Forms made from other forms.</summary>
internal static class FormFields
{
    /// <summary>The form with these values instead of its own of the same names.</summary>
    public static (string Name, string Value)[] With(
        this (string Name, string Value)[] form, params (string Name, string Value)[] changed) =>
        [.. form.Where(field => changed.All(change => change.Name != field.Name)), .. changed];

    public static (string Name, string Value)[] Without(this (string Name, string Value)[] form, string name) =>
        [.. form.Where(field => field.Name != name)];
}
