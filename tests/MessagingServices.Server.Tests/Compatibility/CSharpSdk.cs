using MessagingServices.Server.Tests.Fixtures;
using Twilio.Clients;
using Twilio.Http;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's official C# SDK with an HTTP handler that sends each request to the server under test.</summary>
internal static class CSharpSdk
{
    /// <summary>
    /// A client of the SDK that says in a prefix of the path which product it calls, as <c>docs/sdks.md</c> shows it.
    /// </summary>
    public static TwilioRestClient ConnectWithProducts(MessagingServer server) =>
        new(MessagingServer.AccountSid, MessagingServer.AuthToken,
            httpClient: new SystemNetHttpClient(new(new ToServer(server.Url, hasProduct: true))));

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

    private sealed class ToServer(string url, bool hasProduct = false)
        : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = request.RequestUri!;
            var prefix = hasProduct ? $"/{uri.Host.Split('.')[0]}" : "";
            request.RequestUri = new Uri(url + prefix + uri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
