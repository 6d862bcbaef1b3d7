using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>The response to a webhook.</summary>
/// <param name="ContentType">The raw header; null without one.</param>
/// <param name="Body">The body, cut after the max size and one more byte.</param>
/// <param name="IsEncoded">Whether it has a <c>Content-Encoding</c>, which the request did not accept.</param>
/// <param name="Url">The last URL after HTTP redirects, the base of relative URLs in the body.</param>
internal sealed record WebhookResponse(string? ContentType, ReadOnlyMemory<byte> Body, bool IsEncoded, string Url)
{
    private const int FirstBuffer = 4096;

    public static async Task<WebhookResponse> ReadAsync(
        HttpResponseMessage response, string url, int maxBody, RequestTimeouts timeouts)
    {
        var headers = response.Content.Headers;
        var type = headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        var isEncoded = headers.ContentEncoding
            .Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        await using var stream = await response.Content.ReadAsStreamAsync(timeouts.Token);
        var body = new byte[FirstBuffer];
        var length = 0;
        while (length <= maxBody)
        {
            if (length == body.Length) Array.Resize(ref body, Math.Min(2 * length, maxBody + 1));
            var read = await stream.ReadAsync(body.AsMemory(length), timeouts.Token);
            if (read == 0) break;
            length += read;
            timeouts.Received();
        }

        return new(type, body.AsMemory(0, length), isEncoded, url);
    }
}
