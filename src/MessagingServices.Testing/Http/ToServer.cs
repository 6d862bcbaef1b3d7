namespace MessagingServices.Testing.Http;

/// <summary>
/// Sends requests for Twilio's hosts to the server, with the product in front of the path. Links in its answers then
/// lead there as well.
/// </summary>
internal sealed class ToServer(Uri url, Credentials credentials, HttpMessageHandler connections)
    : DelegatingHandler(connections)
{
    private const string Twilio = ".twilio.com";

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        if (uri.Host.EndsWith(Twilio, StringComparison.OrdinalIgnoreCase))
        {
            var product = uri.Host.Split('.')[0];
            request.RequestUri = new Uri(url, $"/{product}{uri.PathAndQuery}");
            // It would say that the request is for Twilio, and links would lead there.
            request.Headers.Host = null;
        }
        else if (uri.Authority == url.Authority
            && uri.AbsolutePath.StartsWith("/emulator/v1/", StringComparison.Ordinal))
        {
            // Twilio's APIs get no credentials but the caller's: an application that has none is to notice.
            request.Headers.Authorization ??= credentials.Header;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
