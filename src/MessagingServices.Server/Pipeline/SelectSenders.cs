using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Persistence.Queues;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Pipeline;

/// <summary>
/// Gives accepted messages, and scheduled ones whose time has come, a sender of their Messaging Service's pool and queues them; or fails
/// them when no sender can carry them. The whole step is one transaction, so a crash leaves the message where it was.
/// </summary>
public sealed class SelectSenders(PipelineTransactions transactions, EmulatorClock clock, PipelineSignals signals) : PipelineStage
{
    private const int BatchSize = 200;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        var due = await work.Db.LockDueAsync(MessageStage.SelectSender, clock.GetUtcNow(), BatchSize, cancellation);
        if (due.Count == 0) return 0;
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        var services = messages.Values.Select(m => m.MessagingServiceSid).OfType<Sid>().Distinct().ToList();
        var known = await work.Db.MessagingServices.Where(s => services.Contains(s.Sid)).Select(s => s.Sid).ToHashSetAsync(cancellation);
        var pools = (await work.Db.LockPoolsAsync(services, cancellation)).ToLookup(sender => sender.MessagingServiceSid);

        foreach (var entry in due)
        {
            if (messages.TryGetValue(entry.MessageSid, out var message) && message.Status is MessageStatus.Accepted or MessageStatus.Scheduled)
                Select(work.Batch, message!, known, pools, clock.EffectiveTime(entry.Due));
            else
                work.Batch.Unqueue(entry.MessageSid);
        }

        await work.CommitAsync(CancellationToken.None);
        signals.Wake<HandToCarrier>();
        signals.Wake<PostStatusCallbacks>();
        return due.Count;
    }

    private static void Select(MessageBatch batch, Message message, HashSet<Sid> known, ILookup<Sid, PoolSender> pools, DateTimeOffset now)
    {
        var was = message.Status;
        var service = message.MessagingServiceSid!.Value;
        if (!known.Contains(service))
        {
            Fail(MessagingError.UnknownService);
        }
        else if (message.From is { } explicitSender)
        {
            QueueWith(explicitSender);
        }
        else if (SelectionRequest.For(message) is not { } request)
        {
            Fail(MessagingError.UnknownFailure);
        }
        else
        {
            IReadOnlyList<PoolSender> pool = [.. pools[service]];
            var choice = SenderSelector.Select(request, pool);
            batch.Record(SenderSelection.Of(message.Sid, choice));
            switch (choice)
            {
                case SenderChoice.Chosen(var sender, _, _):
                    sender.LastUsed = pool.Max(other => other.LastUsed) + 1;
                    batch.Use(sender);
                    QueueWith(sender.Address);
                    break;
                case SenderChoice.Refused(var error, _, _):
                    Fail(error);
                    break;
            }
        }

        void QueueWith(string from)
        {
            batch.Move(message, was, message.QueueWith(from, now));
            batch.MoveOn(message.Sid, MessageStage.HandToCarrier, now);
        }

        void Fail(MessagingError error)
        {
            batch.Move(message, was, message.TransitionTo(MessageStatus.Failed, now, error.Code));
            batch.Unqueue(message.Sid);
        }
    }
}
