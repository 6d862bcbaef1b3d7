using System.Threading.RateLimiting;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Media;

/// <summary>
/// Fetches all media of a message, one after the other. A message has its bytes in memory until they are stored, so few may have some at
/// once, and fewer of one endpoint; one whose endpoint does not answer has none and holds nobody up.
/// </summary>
internal sealed partial class MessageMedia(MediaClient client, LocalMedia own, WebhookOptions options, ILogger<MessageMedia> logger) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const int MaxMegabytes = 6 * MediaRules.MaxBytes / Megabyte;

    /// <summary>The most messages that have bytes of one endpoint in memory: so one that sends slowly leaves room for others.</summary>
    private const int MaxOfEndpoint = 2;

    private readonly TimeSpan longestOfAll = TimeSpan.FromMilliseconds(2 * options.MediaTimeoutMs);

    private readonly PartitionedRateLimiter<string> endpoints = PartitionedRateLimiter.Create<string, string>(endpoint =>
        RateLimitPartition.GetConcurrencyLimiter(endpoint, _ => new()
        {
            PermitLimit = MaxOfEndpoint, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    private readonly ConcurrencyLimiter memory = new(new()
    {
        PermitLimit = MaxMegabytes, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Fetches them, up to the first that fails. The bytes are the caller's until the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">Cut off.</exception>
    public async Task<FetchedMedia> FetchAsync(Message message, CancellationToken stopping)
    {
        var channel = CarrierMessage.Of(message).Channel;
        var room = MediaRules.MaxBytesOn(channel);
        var media = new FetchedMedia();
        try
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            foreach (var url in message.MediaUrls)
            {
                var fetch = System.Diagnostics.Stopwatch.GetElapsedTime(began) > longestOfAll
                    ? new MediaFetchResult.Failed(MessagingError.RetrievalTimeout, "the media together take too long")
                    : await own.ReadAsync(message.AccountSid, url, channel, room, cancellation => ReserveAsync(url, cancellation), stopping)
                        ?? await client.FetchAsync(url, channel, room, cancellation => ReserveAsync(url, cancellation), stopping);
                if (fetch is MediaFetchResult.Failed failed)
                {
                    LogFailed(message.Sid, new Uri(url).Host, failed.Detail, failed.Error.Code);
                    // What a handset has sent arrives, the rest of it at least.
                    if (message.Direction == MessageDirection.Inbound) continue;
                    media.Fail(failed.Error);
                    break;
                }

                var fetched = (MediaFetchResult.Fetched)fetch;
                media.Add(fetched, url);
                room -= fetched.Bytes.Length;
            }

            return media;
        }
        catch
        {
            media.Dispose();
            throw;
        }

        // Once for the whole message: nobody holds some and waits for more.
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

    [LoggerMessage(LogLevel.Information, "Media of message {Message} could not be fetched from {Host}: {Detail} ({Code})")]
    private partial void LogFailed(Sid message, string host, string detail, int code);
}

/// <summary>The media of a message as they were fetched, or why they could not be.</summary>
internal sealed class FetchedMedia : IDisposable
{
    private readonly List<FetchedMediaItem> items = [];

    /// <summary>
    /// The media in the order of the message's URLs; none when there is an <see cref="Error"/>, and of an inbound message only those that could be
    /// fetched.
    /// </summary>
    public IReadOnlyList<FetchedMediaItem> Items => items;

    /// <summary>What the message fails with; null when all media are there.</summary>
    public MessagingError? Error { get; private set; }

    /// <summary>The room in memory that the message has got.</summary>
    internal RateLimitLease? Memory { get; set; }

    /// <summary>The media of a message that fails without any being fetched.</summary>
    internal static FetchedMedia None(MessagingError error)
    {
        var none = new FetchedMedia();
        none.Fail(error);
        return none;
    }

    /// <summary>The place among those that have bytes of one endpoint in memory.</summary>
    internal RateLimitLease? Endpoint { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Memory?.Dispose();
        Endpoint?.Dispose();
    }

    internal void Add(MediaFetchResult.Fetched fetched, string url) => items.Add(new(fetched.ContentType, fetched.Bytes, url));

    internal void Fail(MessagingError error)
    {
        items.Clear();
        Error = error;
    }
}

/// <summary>A medium as it was fetched.</summary>
/// <param name="ContentType">Its media type, one that the channel takes.</param>
/// <param name="Bytes">Its bytes; at least one.</param>
/// <param name="Url">Where it was fetched from.</param>
internal readonly record struct FetchedMediaItem(string ContentType, ReadOnlyMemory<byte> Bytes, string Url);
