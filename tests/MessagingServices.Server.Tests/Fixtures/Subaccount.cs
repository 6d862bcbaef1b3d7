namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A subaccount of the configured account, with a number and a Messaging Service.</summary>
internal sealed class Subaccount : IDisposable
{
    private const string Accounts = "/2010-04-01/Accounts";
    private readonly HttpClient http;
    private readonly TestApi parent;

    private Subaccount(TestApi parent, HttpClient http, string sid)
    {
        (this.parent, this.http, Sid) = (parent, http, sid);
    }

    public string Sid { get; }

    public string Token { get; private init; } = "";

    public string Number { get; private set; } = "";

    public string NumberSid { get; private set; } = "";

    public string Service { get; private set; } = "";

    /// <summary>The API with the subaccount's credentials.</summary>
    public TestApi Api => new(http);

    public string MessagesPath => $"{Accounts}/{Sid}/Messages.json";

    /// <summary>Creates one, with a number that other accounts may have too.</summary>
    public static async Task<Subaccount> CreateAsync(
        TestApi parent, Func<string, string, HttpClient> client, string number = "+14155550150")
    {
        var created = await parent.PostAsync($"{Accounts}.json").ExpectAsync(201);
        Subaccount account = new(parent, client(created["sid"]!, created["auth_token"]!), created["sid"]!)
        {
            Number = number, Token = created["auth_token"]!,
        };
        account.NumberSid = await account.Api.CreateAsync(
            $"{Accounts}/{account.Sid}/IncomingPhoneNumbers.json", ("PhoneNumber", number));
        account.Service = await account.Api.CreateAsync("/v1/Services", ("FriendlyName", "Pool"));
        await account.Api.CreateAsync(
            $"/v1/Services/{account.Service}/PhoneNumbers", ("PhoneNumberSid", account.NumberSid));
        return account;
    }

    /// <summary>Sends a message through the Messaging Service, and returns its SID.</summary>
    public Task<string> SendAsync(string to, params (string Name, string Value)[] more) => Api.CreateAsync(
        MessagesPath, [("MessagingServiceSid", Service), ("To", to), ("Body", "Hi"), .. more]);

    /// <summary>Waits until a message has a status.</summary>
    public Task UntilAsync(string message, string status) => Eventually.TrueAsync(
        async () => (await parent.GetAsync($"{Accounts}/{Sid}/Messages/{message}.json"))["status"] == status,
        () => $"{message} is not {status}");

    /// <summary>Suspends, activates or closes it.</summary>
    public Task<ApiResponse> SetStatusAsync(string status) =>
        parent.PostAsync($"{Accounts}/{Sid}.json", ("Status", status)).ExpectAsync(200);

    public void Dispose() => http.Dispose();
}
