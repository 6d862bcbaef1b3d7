using System.Diagnostics;
using System.Net;
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
    /// The URL. Its fragment is not sent. Its user name and password are sent after a response with 401.
    /// </param>
    /// <param name="channel">The channel that must accept the media item.</param>
    /// <param name="bytesLeft">The number of bytes that the message may still have.</param>
    /// <param name="headFirst">
    /// Whether a HEAD request comes first, as at Twilio for media that an application sends. If it fails, or has
    /// another content type, the download fails. Source:
    /// https://www.twilio.com/docs/messaging/guides/accepted-mime-types.
    /// </param>
    /// <param name="beforeBytes">Awaited before bytes are read. The timeout is paused during that time.</param>
    /// <param name="stopping">Cancels the download.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was canceled.</exception>
    public async Task<MediaFetchResult> FetchAsync(
        string url, Channel channel, int bytesLeft, bool headFirst, Func<CancellationToken, Task> beforeBytes,
        CancellationToken stopping)
    {
        using var limit = new PausableTimeout(timeout, stopping);
        try
        {
            using var head = headFirst ? await RequestAsync(HttpMethod.Head) : null;
            if (head?.Error is not null) return head.Error;
            using var get = await RequestAsync(HttpMethod.Get);
            if (get.Error is not null) return get.Error;
            if (head is not null && head.Type != get.Type)
            {
                return new MediaFetchResult.Failed(
                    MessagingError.InvalidContentType, $"HEAD has the content type {head.Type}, GET {get.Type}");
            }

            await limit.PauseAsync(beforeBytes);
            var maxBytes = Math.Min(bytesLeft, MediaRules.MaxBytesOn(channel, get.Type));
            return await ReadAsync(get.Response!.Content, get.Type, maxBytes, limit.Token);
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

        Task<Answer> RequestAsync(HttpMethod method) =>
            this.RequestAsync(method, url, channel, bytesLeft, limit.Token);

        MediaFetchResult.Failed Failed(UnreachableReason reason, string detail) =>
            MediaFetchResult.Failed.Of(reason, channel, detail);
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    /// <summary>Requests the URL, follows its redirects and checks the headers of the response.</summary>
    private async Task<Answer> RequestAsync(
        HttpMethod method, string url, Channel channel, int bytesLeft, CancellationToken cancellation)
    {
        var target = new RequestTarget(method, ConnectionOverrides.WithoutFragment(url), []);
        for (var redirects = 0; ; redirects++)
        {
            if (target.Uri is null) return Failed(UnreachableReason.BadHostName, "the URL cannot be requested");
            var response = await SendAsync(method, target.Uri, cancellation);
            var status = (int)response.StatusCode;
            if (status is >= 200 and < 300) return CheckHeaders(response, channel, bytesLeft);
            using (response)
            {
                if (status is < 300 or > 399)
                {
                    return Answer.Failed(MediaFetchResult.Failed.Of(
                        MessagingError.RetrievalFailure, channel, $"HTTP status {status} for {method}"));
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

        Answer Failed(UnreachableReason reason, string detail) =>
            Answer.Failed(MediaFetchResult.Failed.Of(reason, channel, detail));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri uri, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        var overrides = ConnectionOverrides.Default with
        {
            ConnectTimeout = timeout < ConnectTimeout ? timeout : ConnectTimeout,
            ReadTimeout = timeout,
        };
        using var timeouts = new RequestTimeouts(overrides, cancellation);
        request.Options.Set(RequestTimeouts.Key, timeouts);
        return await invoker.SendAsync(request, timeouts.Token);
    }

    private static Answer CheckHeaders(HttpResponseMessage response, Channel channel, int bytesLeft)
    {
        var headers = response.Content.Headers;
        var contentType = headers.NonValidated.TryGetValues("Content-Type", out var values)
            ? values.ToString().Split(';')[0].Trim()
            : null;
        if (MediaRules.TypeOn(channel, contentType) is not { } type)
        {
            return Failed(new(MessagingError.InvalidContentType, contentType is null
                ? "the content type is missing"
                : $"the content type {contentType} is not supported"));
        }

        // The request did not accept any encoding. The bytes would not have the content type.
        if (headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return Failed(new(MessagingError.InvalidContentType, "the content is encoded"));
        var maxBytes = Math.Min(bytesLeft, MediaRules.MaxBytesOn(channel, type));
        return headers.ContentLength > maxBytes ? Failed(TooLarge(maxBytes)) : new(response, type, null);

        Answer Failed(MediaFetchResult.Failed error)
        {
            response.Dispose();
            return Answer.Failed(error);
        }
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

    /// <summary>A response with a medium that the channel accepts, or the error.</summary>
    private sealed record Answer(HttpResponseMessage? Response, string Type, MediaFetchResult.Failed? Error)
        : IDisposable
    {
        public static Answer Failed(MediaFetchResult.Failed error) => new(null, "", error);

        public void Dispose() => Response?.Dispose();
    }

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
