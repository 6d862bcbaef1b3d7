using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Where a message goes once it has its sender: its media are fetched first, a text is handed over at once where this process does that.</summary>
internal sealed class WayToCarrier(CarrierHandoff carrier, MediaLinks links, PipelineSignals signals)
{
    /// <summary>What the MMS Converter makes of an MMS: the text of an SMS, and what stands for the media in its links.</summary>
    public (string Text, IReadOnlyList<string> Tokens) Convert(Message message) => links.Convert(message.Body, message.MediaUrls.Count);

    /// <summary>Sends queued messages on, each from its place in the queue.</summary>
    public async Task SendOnAsync(
        MessageTransaction work, IEnumerable<ReadyMessage> queued, CarrierRules rules, CancellationToken cancellation)
    {
        List<ReadyMessage> handedOver = [];
        foreach (var one in queued)
        {
            if (one.Message.MediaUrls.Count == 0 || one.Turn is { IsRefused: true })
            {
                handedOver.Add(one);
                continue;
            }

            work.Batch.Unqueue(one.Message.Sid);
            work.Batch.Fetch(QueuedMedia.Of(one.Message, one.Now, one.LinkTokens, one.Turn?.At));
        }

        await carrier.HandOverAsync(work, handedOver, rules, cancellation);
    }

    /// <summary>What was sent on is committed.</summary>
    public void Wake(IReadOnlyCollection<ReadyMessage> queued)
    {
        if (carrier.IsHere) signals.Wake<ApplyCarrierReports>();
        signals.Wake<DeliverWebhooks>();
        if (queued.Any(one => one.Message.MediaUrls.Count > 0)) signals.Wake<FetchMedia>();
    }
}
