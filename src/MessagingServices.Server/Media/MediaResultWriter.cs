using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Media;

/// <summary>
/// Records how fetching the media of a message ended: they are stored and the message waits for the carrier, or it has failed. That it waits
/// for its media no longer is in the same transaction, which is done only while this process has the claim: so it happens once.
/// </summary>
internal sealed class MediaResultWriter(
    MessageTransactions transactions, IEnumerable<IMediaContinuation> continuations, SidSource sids, NodeId process) : IDisposable
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
            var stored = Store(work.Batch, message, media, entry.LinkTokens, date);
            await continuations.Single(next => next.Takes(entry))
                .ContinueAsync(work, new(entry, message, media.Error, stored), date, CancellationToken.None);
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

    /// <summary>Stores the media items.</summary>
    /// <returns>The stored items, in the order of the message's URLs.</returns>
    private List<StoredMedia> Store(
        WriteBatch batch, Message message, FetchedMedia media, IReadOnlyList<string>? linkTokens, DateTimeOffset now)
    {
        List<StoredMedia> stored = [];
        // An inbound message arrives all the same, without the media items that could not be fetched.
        if (message.Direction == MessageDirection.Inbound && media.Items.Count < message.MediaUrls.Count)
            batch.Part<MediaRows>().SetUrls(message, media.Items.Select(item => item.Url));
        // The last item first: a list of media, newest first, then has the order of the URLs.
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
