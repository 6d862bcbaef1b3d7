using MessagingServices.Domain.Messages;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Media;
using MessagingServices.Server.Persistence.Queues;

namespace MessagingServices.Server.Pipeline;

/// <summary>Where a message goes once it has its sender: its media are fetched first, a text is handed over at once where this process does that.</summary>
public sealed class WayToCarrier(CarrierHandOver carrier, MediaLinks links, PipelineSignals signals)
{
    /// <summary>What the MMS Converter makes of an MMS: the text of an SMS, and what stands for the media in its links.</summary>
    public (string Text, IReadOnlyList<string> Tokens) Convert(Message message) => links.Convert(message.Body, message.MediaUrls.Count);

    /// <summary>Sends queued messages on, each from its place in the queue.</summary>
    public async Task SendOnAsync(
        PipelineTransaction work, IEnumerable<QueuedWithSender> queued, CarrierRules rules, CancellationToken cancellation)
    {
        List<(Message, DateTimeOffset)> handedOver = [];
        foreach (var (message, now, linkTokens) in queued)
        {
            if (message.MediaUrls.Count > 0)
            {
                work.Batch.Unqueue(message.Sid);
                work.Batch.Fetch(QueuedMedia.Of(message, now, linkTokens));
            }
            else if (carrier.IsHere)
            {
                handedOver.Add((message, now));
            }
            else
            {
                work.Batch.MoveOn(message.Sid, MessageStage.HandToCarrier, now);
            }
        }

        await carrier.HandOverAsync(work, handedOver, rules, cancellation);
    }

    /// <summary>What was sent on is committed.</summary>
    public void Wake(IReadOnlyCollection<QueuedWithSender> queued)
    {
        if (carrier.IsHere) signals.Wake<ApplyCarrierReports>();
        signals.Wake<PostStatusCallbacks>();
        if (queued.Any(one => one.Message.MediaUrls.Count > 0)) signals.Wake<FetchMedia>();
    }
}

/// <summary>A message that has just got its sender.</summary>
/// <param name="Message">The message.</param>
/// <param name="Now">The time that it is for it.</param>
/// <param name="LinkTokens">What stands for its media in the links that it carries in their place; null when it carries none.</param>
public readonly record struct QueuedWithSender(Message Message, DateTimeOffset Now, IReadOnlyList<string>? LinkTokens);
