using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>An outbound message waits for the carrier once its media are stored; it fails when one of them could not be fetched.</summary>
internal sealed class HandOverAfterMedia : IMediaContinuation
{
    /// <inheritdoc/>
    public bool Takes(QueuedMedia entry) => entry.Inbound is null;

    /// <inheritdoc/>
    public Task ContinueAsync(MessageTransaction work, MessageWithMedia fetched, DateTimeOffset now, CancellationToken cancellation)
    {
        var (entry, message, error, _) = fetched;
        if (error is not null)
        {
            work.Batch.Move(message, MessageStatus.Queued, message.TransitionTo(MessageStatus.Failed, now, error.Code));
            return Task.CompletedTask;
        }

        var due = entry.Turn > now ? entry.Turn.Value : now;
        work.Batch.MessageQueue.Place(message.Sid, MessageStage.HandToCarrier, due, hasSlot: entry.Turn is not null);
        return Task.CompletedTask;
    }
}
