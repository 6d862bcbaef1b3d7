using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;

namespace MessagingServices.Server.Inbound;

/// <summary>Routes an inbound message to its application or conversation, with its fetched media items.</summary>
internal sealed class RouteAfterMedia(InboundRouter router) : IMediaContinuation
{
    /// <inheritdoc/>
    public bool AppliesTo(QueuedMedia entry) => entry.Inbound is not null;

    /// <inheritdoc/>
    public Task ContinueAsync(
        MessageTransaction work, MessageWithMedia fetched, DateTimeOffset now, CancellationToken cancellation) =>
        router.DeliverAsync(work, fetched.Message, fetched.Entry.Inbound!, fetched.Media, now, cancellation);
}
