using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Queues an outbound message for the carrier once its media are stored. The message fails when a media item could not
/// be fetched.
/// </summary>
internal sealed class HandOverAfterMedia : IMediaContinuation
{
    /// <inheritdoc/>
    public bool AppliesTo(QueuedMedia entry) => entry.Inbound is null;

    /// <inheritdoc/>
    public Task ContinueAsync(
        MessageTransaction work, MessageWithMedia fetched, DateTimeOffset now, CancellationToken cancellation)
    {
        var (entry, message, error, _) = fetched;
        if (error is not null)
        {
            var callback = message.TransitionTo(MessageStatus.Failed, now, error.Code);
            work.Batch.Move(message, MessageStatus.Queued, callback);
            return Task.CompletedTask;
        }

        var due = entry.Slot > now ? entry.Slot.Value : now;
        work.Batch.MessageQueue.Place(message, MessageStage.HandToCarrier, due, hasSlot: entry.Slot is not null);
        return Task.CompletedTask;
    }
}
