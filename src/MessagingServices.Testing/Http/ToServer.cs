using System.Globalization;

namespace MessagingServices.Testing.Http;

/// <summary>
/// Sends requests for Twilio's hosts to the server, with the product in front of the path. Links in its answers then
/// lead there as well.
/// </summary>
internal sealed class ToServer(Uri url, EmulatorApi account, HttpMessageHandler connections)
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
        else if (uri.Authority != url.Authority)
        {
            return base.SendAsync(request, cancellationToken);
        }
        else if (uri.AbsolutePath.StartsWith("/emulator/v1/", StringComparison.Ordinal))
        {
            // Twilio's APIs get no credentials but the caller's: an application that has none is to notice.
            request.Headers.Authorization ??= account.Credentials.Header;
        }

        return SendAndNoteAsync(request, uri, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAndNoteAsync(
        HttpRequestMessage request, Uri asked, CancellationToken cancellation)
    {
        var call = $"{request.Method} {asked.GetLeftPart(UriPartial.Path)}";
        try
        {
            var response = await base.SendAsync(request, cancellation).ConfigureAwait(false);
            if ((int)response.StatusCode < 400) return response;
            // It is buffered, and the caller reads it once more.
            var text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            account.Refused.Add($"{call}: " + (TwilioError.TextOf((int)response.StatusCode, text)
                ?? string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}")));
            return response;
        }
        catch (HttpRequestException failure)
        {
            account.Refused.Add($"{call}: no answer: {failure.Message}");
            throw;
        }
    }
}
