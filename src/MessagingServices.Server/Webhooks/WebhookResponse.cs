using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>What a webhook was answered with.</summary>
/// <param name="ContentType">The header as it came; null when there was none.</param>
/// <param name="Body">The body, of which no more is read than tells that it is too large.</param>
/// <param name="IsEncoded">Whether it is compressed or the like, which nobody asked for.</param>
/// <param name="Url">What was requested in the end, after redirects of HTTP: relative URLs of the answer begin there.</param>
internal sealed record WebhookResponse(string? ContentType, ReadOnlyMemory<byte> Body, bool IsEncoded, string Url)
{
    private const int Piece = 4096;

    internal static async Task<WebhookResponse> ReadAsync(HttpResponseMessage response, string url, RequestTimeouts progress)
    {
        var headers = response.Content.Headers;
        var type = headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        await using var stream = await response.Content.ReadAsStreamAsync(progress.Token);
        var body = new byte[Piece];
        var length = 0;
        while (length <= Twiml.MaxBytes)
        {
            if (length == body.Length) Array.Resize(ref body, Math.Min(2 * length, Twiml.MaxBytes + 1));
            var read = await stream.ReadAsync(body.AsMemory(length), progress.Token);
            if (read == 0) break;
            length += read;
            progress.Received();
        }

        return new(type, body.AsMemory(0, length), headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)), url);
    }
}
