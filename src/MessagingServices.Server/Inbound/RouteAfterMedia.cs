using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;

namespace MessagingServices.Server.Inbound;

/// <summary>An inbound message goes to its application or conversation, with those of its media that could be fetched.</summary>
internal sealed class RouteAfterMedia(InboundRouter router) : IMediaContinuation
{
    /// <inheritdoc/>
    public bool Takes(QueuedMedia entry) => entry.Inbound is not null;

    /// <inheritdoc/>
    public Task ContinueAsync(MessageTransaction work, MessageWithMedia fetched, DateTimeOffset now, CancellationToken cancellation) =>
        router.DeliverAsync(work, fetched.Message, fetched.Entry.Inbound!, fetched.Media, now, cancellation);
}
