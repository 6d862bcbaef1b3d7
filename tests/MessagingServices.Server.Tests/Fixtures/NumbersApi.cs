namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The account's phone numbers.</summary>
internal sealed class NumbersApi(TestApi api)
{
    /// <summary>The path of the list, without <c>.json</c>.</summary>
    public const string Root = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/IncomingPhoneNumbers";

    public const string Path = $"{Root}.json";

    private static int last;

    /// <summary>A number that no other test has.</summary>
    public static string New() => $"+1415{2_000_000 + Interlocked.Increment(ref last)}";

    /// <summary>Creates a number, one that no other test has unless it is given. Returns its SID.</summary>
    public Task<string> CreateAsync(string? number = null) => api.CreateAsync(Path, ("PhoneNumber", number ?? New()));

    /// <summary>Creates a number that no other test has, with these settings. Returns the number.</summary>
    public async Task<string> CreateNewAsync(params (string Name, string Value)[] settings)
    {
        var number = New();
        await api.CreateAsync(Path, [("PhoneNumber", number), .. settings]);
        return number;
    }
}
