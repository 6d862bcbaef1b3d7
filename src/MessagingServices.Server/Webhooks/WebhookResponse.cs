using System.Net;
using System.Net.Http.Headers;
using System.Text;
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

    /// <summary>How long an error waits for its body, which is only kept for people.</summary>
    private static readonly TimeSpan MaxWaitForError = TimeSpan.FromSeconds(1);

    /// <summary>The same for a success, which must not slow its endpoint down.</summary>
    private static readonly TimeSpan MaxWaitForSuccess = TimeSpan.FromMilliseconds(100);

    /// <summary>The headers, at most <see cref="WebhookAttempt.MaxResponseText"/> characters.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Reads a response that the server acts on.</summary>
    public static async Task<WebhookResponse> ReadAsync(
        HttpResponseMessage response, string url, int maxBody, RequestTimeouts timeouts)
    {
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

        return Of(response, url, body.AsMemory(0, length));
    }

    /// <summary>
    /// Reads the beginning of a response that the server does not act on. A body that does not come at once, or breaks
    /// off, is cut.
    /// </summary>
    public static async Task<WebhookResponse> ReadStartAsync(
        HttpResponseMessage response, string url, RequestTimeouts timeouts)
    {
        // Most applications say nothing.
        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
            return Of(response, url, ReadOnlyMemory<byte>.Empty);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(timeouts.Token);
        wait.CancelAfter(response.IsSuccessStatusCode ? MaxWaitForSuccess : MaxWaitForError);
        var body = new byte[WebhookAttempt.MaxResponseText];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(wait.Token);
            while (length < body.Length)
            {
                var read = await stream.ReadAsync(body.AsMemory(length), wait.Token);
                if (read == 0) break;
                length += read;
            }
        }
        catch (Exception cut) when (cut is OperationCanceledException or HttpRequestException or IOException)
        {
        }

        return Of(response, url, body.AsMemory(0, length));
    }

    /// <summary>The attempt with this response, for people who look for the cause of its error.</summary>
    public WebhookAttempt AddTo(WebhookAttempt attempt) => attempt with
    {
        ResponseHeaders = Headers,
        ResponseBody = TextOf(Body.Span[..Math.Min(Body.Length, WebhookAttempt.MaxResponseText)]),
    };

    private static WebhookResponse Of(HttpResponseMessage response, string url, ReadOnlyMemory<byte> body)
    {
        var headers = response.Content.Headers;
        var type = headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        var isEncoded = headers.ContentEncoding
            .Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        return new(type, body, isEncoded, url)
        {
            Headers = [.. HeadersOf(response.Headers), .. HeadersOf(headers)],
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(HttpHeaders headers)
    {
        // Each of the two groups has half of the length.
        var left = WebhookAttempt.MaxResponseText / 2;
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                left -= name.Length + value.Length;
                if (left < 0) yield break;
                yield return new(Storable(name), Storable(value));
            }
        }
    }

    private static string TextOf(ReadOnlySpan<byte> body) => Storable(Encoding.UTF8.GetString(body));

    /// <summary>PostgreSQL cannot store NUL, and no encoding has halves of characters.</summary>
    private static string Storable(string text)
    {
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            storable.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return storable.ToString();
    }
}
