namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The account's short codes.</summary>
internal sealed class ShortCodesApi(TestApi api)
{
    /// <summary>The path of the list, without <c>.json</c>.</summary>
    public const string Root = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/SMS/ShortCodes";

    private static int last;

    /// <summary>A short code that no other test has.</summary>
    public static string New() => $"{70_000 + Interlocked.Increment(ref last)}";

    /// <summary>Creates a short code, one that no other test has unless it is given. Returns its SID.</summary>
    public Task<string> CreateAsync(string? code = null, string country = "US") =>
        api.CreateAsync("/emulator/v1/ShortCodes", ("ShortCode", code ?? New()), ("IsoCountry", country));
}
