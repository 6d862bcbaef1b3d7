using MessagingServices.Domain;
using MessagingServices.Domain.Media;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Persistence.Queues;
using MessagingServices.Server.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Media;

/// <summary>
/// Records how fetching the media of a message ended: they are stored and the message waits for the carrier, or it has failed. That it waits
/// for its media no longer is in the same transaction, which is done only while this process has the claim: so it happens once.
/// </summary>
public sealed class MediaOutcomes(PipelineTransactions transactions, SidSource sids, ThisProcess process, PipelineSignals signals) : IDisposable
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
                .SingleOrDefaultAsync(message => message.Sid == entry.MessageSid && message.Status == MessageStatus.Queued, cancellation);
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

        signals.Wake<HandToCarrier>();
        signals.Wake<PostStatusCallbacks>();
    }

    /// <inheritdoc/>
    public void Dispose() => connections.Dispose();

    private async Task SaveAsync(QueuedMedia entry, FetchedMedia? media, DateTimeOffset now)
    {
        await using var work = await transactions.BeginAsync(CancellationToken.None);
        // A commit of the intake that was in doubt may have put the message into its first queue again.
        await work.Db.LockQueuedAsync(entry.MessageSid, CancellationToken.None);
        if (!await work.Db.LockMediaClaimAsync(process.Id, entry.MessageSid, CancellationToken.None)) return;
        work.Batch.EndFetch(entry.MessageSid);
        var message = (await work.Db.LockMessagesAsync([entry.MessageSid], CancellationToken.None)).SingleOrDefault();
        // One that was put into the queue a second time has its media already, and moves on by itself.
        if (media is not null && message is { Status: MessageStatus.Queued }
            && !await work.Db.Media.AnyAsync(stored => stored.MessageSid == message.Sid, CancellationToken.None))
            Apply(work.Batch, message, media, entry, now < message.DateUpdated ? message.DateUpdated : now);
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// Takes a message that cannot be moved on out of the queue, or its media would be fetched for ever. It fails with 30008; one that cannot even be
    /// written stays as it is.
    /// </summary>
    public async Task SetAsideAsync(QueuedMedia entry, DateTimeOffset now)
    {
        try
        {
            using var none = FetchedMedia.None(MessagingError.UnknownFailure);
            await RecordAsync(entry, none, now);
        }
        catch (Exception again) when (BatchStage.IsAboutAMessage(again))
        {
            await using var work = await transactions.BeginAsync(CancellationToken.None);
            if (!await work.Db.LockMediaClaimAsync(process.Id, entry.MessageSid, CancellationToken.None)) return;
            work.Batch.EndFetch(entry.MessageSid);
            await work.CommitAsync(CancellationToken.None);
        }
    }

    private void Apply(MessageBatch batch, Message message, FetchedMedia media, QueuedMedia entry, DateTimeOffset now)
    {
        if (media.Error is { } error)
        {
            batch.Move(message, MessageStatus.Queued, message.TransitionTo(MessageStatus.Failed, now, error.Code));
            return;
        }

        // The last first: so the list, newest first, has them in the order of their URLs.
        for (var i = media.Items.Count - 1; i >= 0; i--)
        {
            var stored = new StoredMedia(sids.New(SidPrefix.Media), message.Sid, message.AccountSid, media.Items[i].ContentType, now);
            batch.Store(entry.LinkTokens is { } tokens ? stored.LinkedBy(tokens[i]) : stored, media.Items[i].Bytes);
        }

        batch.Place(message.Sid, MessageStage.HandToCarrier, entry.Turn > now ? entry.Turn.Value : now, hasTurn: entry.Turn is not null);
    }
}
