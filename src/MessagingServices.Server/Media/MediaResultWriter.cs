using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Media;

/// <summary>
/// Records the result of fetching the media of a message: it stores the media and continues the message, or the message
/// fails. The same transaction removes the message from the media queue. It runs only while this process has the claim,
/// so it happens once.
/// </summary>
internal sealed class MediaResultWriter(
    MessageTransactions transactions, IEnumerable<IMediaContinuation> continuations, SidSource sids, NodeId node)
    : IDisposable
{
    /// <summary>
    /// Limits the database connections, because many fetches may end at the same time. The other connections stay
    /// available to the rest of the server.
    /// </summary>
    private readonly SemaphoreSlim connections = new(4);

    /// <summary>Returns the message of a claim; null when it no longer waits for its media.</summary>
    public async Task<Message?> FindAsync(QueuedMedia entry, CancellationToken cancellation)
    {
        await connections.WaitAsync(cancellation);
        try
        {
            await using var work = await transactions.BeginAsync(cancellation);
            return await work.Db.Messages.AsNoTracking()
                .SingleOrDefaultAsync(message => message.Sid == entry.MessageSid
                    && (message.Status == MessageStatus.Queued || message.Direction == MessageDirection.Inbound),
                    cancellation);
        }
        finally
        {
            connections.Release();
        }
    }

    /// <summary>Records the result, unless this process has lost the claim.</summary>
    /// <param name="entry">The claim.</param>
    /// <param name="media">The media; null when the message no longer waits for them.</param>
    /// <param name="now">The emulator's time for the message.</param>
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
        // MessageWriter may have queued the message a second time, after a commit with an unknown result.
        await work.Db.LockQueuedAsync(entry.MessageSid, stage: null, CancellationToken.None);
        if (!await work.Db.LockMediaClaimAsync(node.Id, entry.MessageSid, CancellationToken.None)) return;
        work.Batch.MediaQueue.Remove(entry.MessageSid);
        var message = (await work.Db.LockMessagesAsync([entry.MessageSid], CancellationToken.None)).SingleOrDefault();
        // Such a message already has its media. Its first queue entry has continued it.
        if (media is not null && message is not null
            && (entry.Inbound is not null || message.Status == MessageStatus.Queued)
            && !await work.Db.Media.AnyAsync(stored => stored.MessageSid == message.Sid, CancellationToken.None))
        {
            var date = now < message.DateUpdated ? message.DateUpdated : now;
            var stored = Store(work.Batch, message, media, entry.LinkTokens, date);
            await continuations.Single(next => next.AppliesTo(entry))
                .ContinueAsync(work, new(entry, message, media.Error, stored), date, CancellationToken.None);
        }

        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// Quarantines a message whose result cannot be stored. Otherwise its media would be fetched again and again. The
    /// message fails with 30008. If that cannot be stored either, the message leaves the queue and keeps its status.
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
            if (!await work.Db.LockMediaClaimAsync(node.Id, entry.MessageSid, CancellationToken.None)) return;
            work.Batch.MediaQueue.Remove(entry.MessageSid);
            await work.CommitAsync(CancellationToken.None);
        }
    }

    /// <returns>The stored items, in the order of the message's URLs.</returns>
    private List<StoredMedia> Store(
        WriteBatch batch, Message message, FetchedMedia media, IReadOnlyList<string>? linkTokens, DateTimeOffset now)
    {
        List<StoredMedia> stored = [];
        // An inbound message is received without the media items that could not be fetched.
        if (message.Direction == MessageDirection.Inbound && media.Items.Count < message.MediaUrls.Count)
            batch.Part<MediaRows>().SetUrls(message, media.Items.Select(item => item.Url));
        // Stores the last item first. So the list of media, newest first, has the order of the URLs.
        for (var i = media.Items.Count - 1; i >= 0; i--)
        {
            var item = new StoredMedia(
                sids.New(SidPrefix.Media), message.Sid, message.AccountSid, media.Items[i].ContentType, now);
            if (linkTokens is not null) item = item.LinkedBy(linkTokens[i]);
            batch.Part<MediaRows>().Add(item, media.Items[i].Bytes);
            stored.Insert(0, item);
        }

        return stored;
    }
}
