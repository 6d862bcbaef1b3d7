using System.Net;
using System.Text;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Media;

/// <summary>
/// Fetches media from where applications say: only from the networks that webhooks may go to, with limits of time, size and redirects, all of
/// which hold while the bytes come in. One instance per process shares its connections.
/// </summary>
internal sealed class MediaClient(WebhookOptions options) : IDisposable
{
    private const int MaxRedirects = 5;
    private const int Piece = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker invoker = new(OutgoingTransport.CreateHandler(new EgressPolicy(options)));
    private readonly TimeSpan timeout = TimeSpan.FromMilliseconds(options.MediaTimeoutMs);

    /// <summary>Fetches one medium.</summary>
    /// <param name="url">Where from. Its fragment counts for nothing, a user name and password are sent as HTTP Basic.</param>
    /// <param name="channel">Which channel must take it.</param>
    /// <param name="room">How many bytes are left to it.</param>
    /// <param name="beforeBytes">Awaited before bytes are read; the time limit rests meanwhile.</param>
    /// <param name="stopping">Cuts it off.</param>
    /// <exception cref="OperationCanceledException">Cut off.</exception>
    public async Task<MediaFetchResult> FetchAsync(
        string url, Channel channel, int room, Func<CancellationToken, Task> beforeBytes, CancellationToken stopping)
    {
        using var limit = new TimeLimit(timeout, stopping);
        try
        {
            var target = new RequestTarget(HttpMethod.Get, ConnectionOverrides.WithoutFragment(url), []);
            for (var redirects = 0; ; redirects++)
            {
                if (target.Uri is null) return MediaFetchResult.Failed.Of(UnreachableReason.BadHostName, channel, "the URL is not one that can be requested");
                using var response = await SendAsync(target.Uri, limit.Token);
                var status = (int)response.StatusCode;
                if (status is >= 200 and < 300)
                {
                    var (type, refused) = Check(response, channel, room);
                    if (refused is not null) return refused;
                    await limit.RestAsync(beforeBytes);
                    return await ReadAsync(response.Content, type!, Math.Min(room, MediaRules.MaxBytesOn(channel, type!)), limit.Token);
                }

                if (status is < 300 or > 399) return MediaFetchResult.Failed.Of(MessagingError.RetrievalFailure, channel, $"HTTP status {status}");
                if (redirects == MaxRedirects)
                    return MediaFetchResult.Failed.Of(UnreachableReason.TooManyRedirects, channel, $"more than {MaxRedirects} redirects");
                var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
                if (status is not (301 or 302 or 303 or 307 or 308) || target.Redirected(status, location) is not { } next)
                    return MediaFetchResult.Failed.Of(UnreachableReason.InvalidRedirect, channel, $"HTTP status {status} with no redirect that can be followed");
                target = next;
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return MediaFetchResult.Failed.Of(UnreachableReason.TotalTimeout, channel, $"not there within {timeout.TotalMilliseconds:0} ms");
        }
        catch (HttpRequestException failure) when (failure.InnerException is NoConnectionException none)
        {
            return MediaFetchResult.Failed.Of(none.Reason, channel, none.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return MediaFetchResult.Failed.Of(UnreachableReason.ConnectionBroken, channel, failure.GetBaseException().Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri uri, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (uri.UserInfo is { Length: > 0 } user)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        var overrides = ConnectionOverrides.Default with { ConnectTimeout = timeout < ConnectTimeout ? timeout : ConnectTimeout, ReadTimeout = timeout };
        using var progress = new RequestTimeouts(overrides, cancellation);
        request.Options.Set(RequestTimeouts.Key, progress);
        return await invoker.SendAsync(request, progress.Token);
    }

    /// <summary>What the answer's headers say before any byte is read.</summary>
    private static (string? Type, MediaFetchResult.Failed? Refused) Check(HttpResponseMessage response, Channel channel, int room)
    {
        var headers = response.Content.Headers;
        var told = headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString().Split(';')[0].Trim() : null;
        if (MediaRules.TypeOn(channel, told) is not { } type)
            return (null, new(MessagingError.InvalidContentType, $"the content type {told ?? "is missing"}{(told is null ? "" : " is not taken")}"));
        // Nobody asked for it: the bytes would be of another type than the answer says.
        if (headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return (null, new(MessagingError.InvalidContentType, "the content is encoded"));
        var most = Math.Min(room, MediaRules.MaxBytesOn(channel, type));
        return headers.ContentLength > most ? (null, TooLarge(most)) : (type, null);
    }

    private static async Task<MediaFetchResult> ReadAsync(HttpContent content, string type, int most, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        // One more than allowed tells that there is more.
        var bytes = new byte[Math.Min(content.Headers.ContentLength ?? Piece, most) + 1];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
            if (length > most) return TooLarge(most);
            if (length == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * length, most + 1L));
        }

        return length > 0
            ? new MediaFetchResult.Fetched(type, bytes.AsMemory(0, length))
            : new MediaFetchResult.Failed(MessagingError.InvalidContentType, "there is no content");
    }

    private static MediaFetchResult.Failed TooLarge(int most) => new(MessagingError.MediaTooLarge, $"more than the {most} bytes that are left to it");

    /// <summary>A limit of time that can rest.</summary>
    private sealed class TimeLimit : IDisposable
    {
        private readonly CancellationToken stopping;
        private readonly CancellationTokenSource source;
        private readonly long began = System.Diagnostics.Stopwatch.GetTimestamp();
        private readonly TimeSpan whole;

        public TimeLimit(TimeSpan whole, CancellationToken stopping)
        {
            (this.whole, this.stopping) = (whole, stopping);
            source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            source.CancelAfter(whole);
        }

        public CancellationToken Token => source.Token;

        public async Task RestAsync(Func<CancellationToken, Task> meanwhile)
        {
            var left = whole - System.Diagnostics.Stopwatch.GetElapsedTime(began);
            source.CancelAfter(Timeout.InfiniteTimeSpan);
            await meanwhile(stopping);
            source.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        public void Dispose() => source.Dispose();
    }
}
