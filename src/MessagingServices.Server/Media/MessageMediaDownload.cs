using System.Diagnostics;
using System.Threading.RateLimiting;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Media;

/// <summary>
/// Downloads all media items of a message, one after the other. The bytes of a message stay in memory until they are
/// stored. So only few messages may have bytes in memory at the same time, and fewer from one endpoint. A message whose
/// endpoint does not respond has no bytes, so it blocks no other message.
/// </summary>
internal sealed partial class MessageMediaDownload(
    MediaDownload download, LocalMedia localMedia, WebhookOptions options, ILogger<MessageMediaDownload> logger)
    : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const int MaxMegabytes = 6 * MediaRules.MaxBytes / Megabyte;

    /// <summary>
    /// The maximum number of messages that have bytes from one endpoint in memory. So a slow endpoint leaves memory for
    /// the others.
    /// </summary>
    private const int MaxPerEndpoint = 2;

    private readonly TimeSpan totalTimeout = TimeSpan.FromMilliseconds(2 * options.MediaTimeoutMs);

    private readonly PartitionedRateLimiter<string> endpoints = PartitionedRateLimiter.Create<string, string>(
        endpoint => RateLimitPartition.GetConcurrencyLimiter(endpoint, _ => new()
        {
            PermitLimit = MaxPerEndpoint,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    private readonly ConcurrencyLimiter memory = new(new()
    {
        PermitLimit = MaxMegabytes, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>
    /// Downloads the media items of a message. For an outbound message, the first error ends the download. The caller
    /// must dispose the result: that releases the memory limit.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was canceled.</exception>
    public async Task<FetchedMedia> FetchAsync(Message message, CancellationToken stopping)
    {
        var channel = CarrierMessage.Of(message).Channel;
        var bytesLeft = MediaRules.MaxBytesOn(channel);
        var media = new FetchedMedia();
        try
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var url in message.MediaUrls)
            {
                var result = Stopwatch.GetElapsedTime(began) > totalTimeout
                    ? new MediaFetchResult.Failed(MessagingError.RetrievalTimeout, "all media together take too long")
                    : await FetchItemAsync(url);
                if (result is MediaFetchResult.Failed failed)
                {
                    LogFailed(message.Sid, new Uri(url).Host, failed.Detail, failed.Error.Code);
                    // An inbound message is received without the media items that could not be fetched.
                    if (message.Direction == MessageDirection.Inbound) continue;
                    media.Fail(failed.Error);
                    break;
                }

                var fetched = (MediaFetchResult.Fetched)result;
                media.Add(fetched, url);
                bytesLeft -= fetched.Bytes.Length;
            }

            return media;
        }
        catch
        {
            media.Dispose();
            throw;
        }

        async Task<MediaFetchResult> FetchItemAsync(string url)
        {
            Func<CancellationToken, Task> reserve = cancellation => ReserveAsync(url, cancellation);
            var headFirst = message.Direction != MessageDirection.Inbound;
            return await localMedia.ReadAsync(message.AccountSid, url, channel, bytesLeft, reserve, stopping)
                ?? await download.FetchAsync(url, channel, bytesLeft, headFirst, reserve, stopping);
        }

        // Once for the whole message. A message that holds memory and waits for more could cause a deadlock.
        async Task ReserveAsync(string url, CancellationToken cancellation)
        {
            if (media.Memory is not null) return;
            media.Endpoint = await endpoints.AcquireAsync(Webhook.EndpointOf(url), 1, cancellation);
            media.Memory = await memory.AcquireAsync(MediaRules.MaxBytesOn(channel) / Megabyte, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        endpoints.Dispose();
        memory.Dispose();
    }

    [LoggerMessage(
        LogLevel.Information, "Media of message {Message} could not be fetched from {Host}: {Detail} ({Code})")]
    private partial void LogFailed(Sid message, string host, string detail, int code);
}

/// <summary>The media items of a message, or the error why they could not be fetched.</summary>
internal sealed class FetchedMedia : IDisposable
{
    private readonly List<FetchedMediaItem> items = [];

    /// <summary>
    /// The media items in the order of the message's URLs. The list is empty if there is an <see cref="Error"/>. For an
    /// inbound message, it contains only the media items that could be fetched.
    /// </summary>
    public IReadOnlyList<FetchedMediaItem> Items => items;

    /// <summary>The error with which the message fails; null when it does not fail.</summary>
    public MessagingError? Error { get; private set; }

    /// <summary>The message's part of the memory limit.</summary>
    internal RateLimitLease? Memory { get; set; }

    /// <summary>The message's part of the limit of its endpoint.</summary>
    internal RateLimitLease? Endpoint { get; set; }

    /// <summary>Creates the result for a message that fails without a download.</summary>
    internal static FetchedMedia None(MessagingError error)
    {
        var none = new FetchedMedia();
        none.Fail(error);
        return none;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Memory?.Dispose();
        Endpoint?.Dispose();
    }

    internal void Add(MediaFetchResult.Fetched fetched, string url) =>
        items.Add(new(fetched.ContentType, fetched.Bytes, url));

    internal void Fail(MessagingError error)
    {
        items.Clear();
        Error = error;
    }
}

/// <param name="ContentType">The media type. The message's channel supports it.</param>
/// <param name="Bytes">At least one byte.</param>
/// <param name="Url">The URL from which the media item was fetched.</param>
internal readonly record struct FetchedMediaItem(string ContentType, ReadOnlyMemory<byte> Bytes, string Url);
