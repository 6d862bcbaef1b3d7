using System.Diagnostics;
using System.Net;
using System.Text;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Media;

/// <summary>
/// Downloads one media item. It requests only URLs in the networks that webhooks may use. The limits of time, size and
/// redirects apply while the bytes arrive. One instance per process shares its connections.
/// </summary>
internal sealed class MediaDownload(WebhookOptions options) : IDisposable
{
    private const int MaxRedirects = 5;
    private const int BufferSize = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker invoker = new(OutgoingTransport.CreateHandler(new EgressPolicy(options)));
    private readonly TimeSpan timeout = TimeSpan.FromMilliseconds(options.MediaTimeoutMs);

    /// <summary>Downloads a media item.</summary>
    /// <param name="url">
    /// The URL. Its fragment is not sent. Its user name and password are sent as HTTP Basic authentication.
    /// </param>
    /// <param name="channel">The channel that must accept the media item.</param>
    /// <param name="bytesLeft">The number of bytes that the message may still have.</param>
    /// <param name="beforeBytes">Awaited before bytes are read. The timeout is paused during that time.</param>
    /// <param name="stopping">Cancels the download.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was canceled.</exception>
    public async Task<MediaFetchResult> FetchAsync(
        string url, Channel channel, int bytesLeft, Func<CancellationToken, Task> beforeBytes,
        CancellationToken stopping)
    {
        using var limit = new PausableTimeout(timeout, stopping);
        try
        {
            var target = new RequestTarget(HttpMethod.Get, ConnectionOverrides.WithoutFragment(url), []);
            for (var redirects = 0; ; redirects++)
            {
                if (target.Uri is null) return Failed(UnreachableReason.BadHostName, "the URL cannot be requested");
                using var response = await SendAsync(target.Uri, limit.Token);
                var status = (int)response.StatusCode;
                if (status is >= 200 and < 300)
                {
                    var (type, error) = CheckHeaders(response, channel, bytesLeft);
                    if (error is not null) return error;
                    await limit.PauseAsync(beforeBytes);
                    var maxBytes = Math.Min(bytesLeft, MediaRules.MaxBytesOn(channel, type!));
                    return await ReadAsync(response.Content, type!, maxBytes, limit.Token);
                }

                if (status is < 300 or > 399)
                {
                    return MediaFetchResult.Failed.Of(
                        MessagingError.RetrievalFailure, channel, $"HTTP status {status}");
                }

                if (redirects == MaxRedirects)
                    return Failed(UnreachableReason.TooManyRedirects, $"more than {MaxRedirects} redirects");
                var location = response.Headers.NonValidated.TryGetValues("Location", out var values)
                    ? values.ToString()
                    : null;
                if (status is not (301 or 302 or 303 or 307 or 308)
                    || target.Redirected(status, location) is not { } next)
                    return Failed(UnreachableReason.InvalidRedirect, $"HTTP status {status} without a valid redirect");
                target = next;
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Failed(UnreachableReason.TotalTimeout, $"not complete within {timeout.TotalMilliseconds:0} ms");
        }
        catch (HttpRequestException failure) when (failure.InnerException is NoConnectionException none)
        {
            return Failed(none.Reason, none.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Failed(UnreachableReason.ConnectionBroken, failure.GetBaseException().Message);
        }

        MediaFetchResult.Failed Failed(UnreachableReason reason, string detail) =>
            MediaFetchResult.Failed.Of(reason, channel, detail);
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri uri, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (uri.UserInfo is { Length: > 0 } user)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user));
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(credentials));
        }

        var overrides = ConnectionOverrides.Default with
        {
            ConnectTimeout = timeout < ConnectTimeout ? timeout : ConnectTimeout,
            ReadTimeout = timeout,
        };
        using var timeouts = new RequestTimeouts(overrides, cancellation);
        request.Options.Set(RequestTimeouts.Key, timeouts);
        return await invoker.SendAsync(request, timeouts.Token);
    }

    private static (string? Type, MediaFetchResult.Failed? Error) CheckHeaders(
        HttpResponseMessage response, Channel channel, int bytesLeft)
    {
        var headers = response.Content.Headers;
        var contentType = headers.NonValidated.TryGetValues("Content-Type", out var values)
            ? values.ToString().Split(';')[0].Trim()
            : null;
        if (MediaRules.TypeOn(channel, contentType) is not { } type)
        {
            return (null, new(MessagingError.InvalidContentType, contentType is null
                ? "the content type is missing"
                : $"the content type {contentType} is not supported"));
        }

        // The request did not accept any encoding. The bytes would not have the content type.
        if (headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return (null, new(MessagingError.InvalidContentType, "the content is encoded"));
        var maxBytes = Math.Min(bytesLeft, MediaRules.MaxBytesOn(channel, type));
        return headers.ContentLength > maxBytes ? (null, TooLarge(maxBytes)) : (type, null);
    }

    private static async Task<MediaFetchResult> ReadAsync(
        HttpContent content, string type, int maxBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        // One byte more than allowed: if it is filled, the content is too large.
        var bytes = new byte[Math.Min(content.Headers.ContentLength ?? BufferSize, maxBytes) + 1];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
            if (length > maxBytes) return TooLarge(maxBytes);
            if (length == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * length, maxBytes + 1L));
        }

        return length > 0
            ? new MediaFetchResult.Fetched(type, bytes.AsMemory(0, length))
            : new MediaFetchResult.Failed(MessagingError.InvalidContentType, "there is no content");
    }

    private static MediaFetchResult.Failed TooLarge(int maxBytes) =>
        new(MessagingError.MediaTooLarge, $"more than the {maxBytes} bytes that are left");

    private sealed class PausableTimeout : IDisposable
    {
        private readonly CancellationToken stopping;
        private readonly CancellationTokenSource source;
        private readonly long began = Stopwatch.GetTimestamp();
        private readonly TimeSpan timeout;

        public PausableTimeout(TimeSpan timeout, CancellationToken stopping)
        {
            (this.timeout, this.stopping) = (timeout, stopping);
            source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            source.CancelAfter(timeout);
        }

        public CancellationToken Token => source.Token;

        /// <summary>Awaits an action. Its time does not count.</summary>
        public async Task PauseAsync(Func<CancellationToken, Task> action)
        {
            var left = timeout - Stopwatch.GetElapsedTime(began);
            source.CancelAfter(Timeout.InfiniteTimeSpan);
            await action(stopping);
            source.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        public void Dispose() => source.Dispose();
    }
}
