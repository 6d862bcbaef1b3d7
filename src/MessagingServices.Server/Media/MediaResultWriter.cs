using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Inbound;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Media;

/// <summary>
/// Records how fetching the media of a message ended: they are stored and the message waits for the carrier, or it has failed. That it waits
/// for its media no longer is in the same transaction, which is done only while this process has the claim: so it happens once.
/// </summary>
internal sealed class MediaResultWriter(
    MessageTransactions transactions, InboundRouter deliveries, SidSource sids, NodeId process) : IDisposable
{
    /// <summary>Many fetches may end at once; the connections are for those who send texts, too.</summary>
    private readonly SemaphoreSlim connections = new(4);

    /// <summary>The message of a claim; null when it waits for media no longer.</summary>
    public async Task<Message?> FindAsync(QueuedMedia entry, CancellationToken cancellation)
    {
        await connections.WaitAsync(cancellation);
        try
        {
            await using var work = await transactions.BeginAsync(cancellation);
            return await work.Db.Messages.AsNoTracking()
                .SingleOrDefaultAsync(message => message.Sid == entry.MessageSid
                    && (message.Status == MessageStatus.Queued || message.Direction == MessageDirection.Inbound), cancellation);
        }
        finally
        {
            connections.Release();
        }
    }

    /// <summary>Records it, unless the claim was taken over meanwhile.</summary>
    /// <param name="entry">The claim.</param>
    /// <param name="media">The media; null when there is no message for them.</param>
    /// <param name="now">The time that it is for the message.</param>
    public async Task RecordAsync(QueuedMedia entry, FetchedMedia? media, DateTimeOffset now)
    {
        await connections.WaitAsync(CancellationToken.None);
        try
        {
            await SaveAsync(entry, media, now);
        }
        finally
        {
            connections.Release();
        }

    }

    /// <inheritdoc/>
    public void Dispose() => connections.Dispose();

    private async Task SaveAsync(QueuedMedia entry, FetchedMedia? media, DateTimeOffset now)
    {
        await using var work = await transactions.BeginAsync(CancellationToken.None);
        // A commit of the intake that was in doubt may have put the message into its first queue again.
        await work.Db.LockQueuedAsync(entry.MessageSid, CancellationToken.None);
        if (!await work.Db.LockMediaClaimAsync(process.Id, entry.MessageSid, CancellationToken.None)) return;
        work.Batch.MediaQueue.Remove(entry.MessageSid);
        var message = (await work.Db.LockMessagesAsync([entry.MessageSid], CancellationToken.None)).SingleOrDefault();
        // One that was put into the queue a second time has its media already, and moves on by itself.
        if (media is not null && message is not null && (entry.Inbound is not null || message.Status == MessageStatus.Queued)
            && !await work.Db.Media.AnyAsync(stored => stored.MessageSid == message.Sid, CancellationToken.None))
        {
            var date = now < message.DateUpdated ? message.DateUpdated : now;
            if (entry.Inbound is { } delivery) await DeliverAsync(work, message, media, delivery, date);
            else Apply(work.Batch, message, media, entry, date);
        }

        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// Takes a message that cannot be moved on out of the queue, or its media would be fetched for ever. It fails with 30008; one that cannot even be
    /// written stays as it is.
    /// </summary>
    public async Task QuarantineAsync(QueuedMedia entry, DateTimeOffset now)
    {
        try
        {
            using var none = FetchedMedia.None(MessagingError.UnknownFailure);
            await RecordAsync(entry, none, now);
        }
        catch (Exception again) when (BatchStage.IsPoisonMessage(again))
        {
            await using var work = await transactions.BeginAsync(CancellationToken.None);
            if (!await work.Db.LockMediaClaimAsync(process.Id, entry.MessageSid, CancellationToken.None)) return;
            work.Batch.MediaQueue.Remove(entry.MessageSid);
            await work.CommitAsync(CancellationToken.None);
        }
    }

    /// <summary>What could not be fetched of an inbound message is left out: the handset has sent it all the same.</summary>
    private async Task DeliverAsync(MessageTransaction work, Message message, FetchedMedia media, InboundRoute delivery, DateTimeOffset now)
    {
        if (media.Items.Count < message.MediaUrls.Count) work.Batch.Part<MediaRows>().SetUrls(message, media.Items.Select(item => item.Url));
        await deliveries.DeliverAsync(work, message, delivery, Store(work.Batch, message, media, linkTokens: null, now), now, CancellationToken.None);
    }

    private void Apply(WriteBatch batch, Message message, FetchedMedia media, QueuedMedia entry, DateTimeOffset now)
    {
        if (media.Error is { } error)
        {
            batch.Move(message, MessageStatus.Queued, message.TransitionTo(MessageStatus.Failed, now, error.Code));
            return;
        }

        Store(batch, message, media, entry.LinkTokens, now);
        batch.MessageQueue.Place(
            message.Sid, MessageStage.HandToCarrier, entry.Turn > now ? entry.Turn.Value : now, hasSlot: entry.Turn is not null);
    }

    /// <summary>Stores the media; in their order.</summary>
    private List<StoredMedia> Store(
        WriteBatch batch, Message message, FetchedMedia media, IReadOnlyList<string>? linkTokens, DateTimeOffset now)
    {
        List<StoredMedia> stored = [];
        // The last first: so the list, newest first, has them in the order of their URLs.
        for (var i = media.Items.Count - 1; i >= 0; i--)
        {
            var one = new StoredMedia(sids.New(SidPrefix.Media), message.Sid, message.AccountSid, media.Items[i].ContentType, now);
            if (linkTokens is not null) one = one.LinkedBy(linkTokens[i]);
            batch.Part<MediaRows>().Add(one, media.Items[i].Bytes);
            stored.Insert(0, one);
        }

        return stored;
    }
}
