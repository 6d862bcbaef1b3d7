using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Testing;
using Twilio.Clients;
using Twilio.Http;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's official C# SDK with an HTTP handler that sends each request to the server under test.</summary>
internal static class CSharpSdk
{
    /// <summary>
    /// A client of the SDK for an account of the library for tests. It says in a prefix of the path which product it
    /// calls.
    /// </summary>
    public static TwilioRestClient ConnectAs(EmulatedAccount account) =>
        new(account.Sid, account.AuthToken, httpClient: new SystemNetHttpClient(account.CreateHttpClient()));

    /// <summary>The server for the library for tests.</summary>
    public static Task<Testing.Emulator> EmulatorAsync(MessagingServer server) =>
        Testing.Emulator.StartAsync(new() { Url = new(server.Url) });

    /// <summary>A client of the SDK with the account's credentials, or with another Auth Token.</summary>
    public static TwilioRestClient Connect(MessagingServer server, string authToken = MessagingServer.AuthToken) =>
        ConnectAs(server, MessagingServer.AccountSid, authToken);

    /// <summary>
    /// A client of the SDK with the SID and token of an account, or with an API key and its secret; for another account
    /// with the SDK's option <c>accountSid</c>.
    /// </summary>
    public static TwilioRestClient ConnectAs(
        MessagingServer server, string username, string password, string? accountSid = null) =>
        new(username, password, accountSid, httpClient: new SystemNetHttpClient(new(new ToServer(server.Url))));

    private sealed class ToServer(string url) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(url + request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
