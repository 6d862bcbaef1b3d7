using MessagingServices.Server.Tests.Fixtures;
using Twilio.Clients;
using Twilio.Http;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Twilio's official C# SDK with an HTTP handler that sends each request to the server under test.</summary>
internal static class CSharpSdk
{
    /// <summary>A client of the SDK with the account's credentials, or with another Auth Token.</summary>
    public static TwilioRestClient Connect(MessagingServer server, string authToken = MessagingServer.AuthToken) =>
        new(MessagingServer.AccountSid, authToken, httpClient: new SystemNetHttpClient(new(new ToServer(server.Url))));

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
