using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Fails the messages of an account that was suspended or closed while they waited to be sent. Scheduled messages fail
/// when their time comes, if the account is not active then.
/// </summary>
internal sealed class FailWaitingMessages(MessageTransactions transactions, EmulatorClock clock)
{
    private const int BatchSize = 200;

    /// <summary>Fails them with 30002. A stage that has a message now finds the account's status itself.</summary>
    /// <param name="account">The account.</param>
    /// <param name="last">The last message that the account had when its status changed.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    public async Task FailAsync(Sid account, long last, CancellationToken cancellation)
    {
        for (var after = 0L; await FailBatchAsync(account, after, last, cancellation) is { } next; after = next)
        {
        }
    }

    private async Task<long?> FailBatchAsync(Sid account, long after, long last, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        var rows = await work.Db.Database.SqlQuery<WaitingRow>(
            $"""
             WITH queued AS MATERIALIZED (
                 SELECT message_sid, messages.ordinal FROM messages JOIN message_queue AS entry ON message_sid = sid
                 WHERE messages.account_sid = {account.Value}
                     AND messages.ordinal > {after} AND messages.ordinal <= {last}
                     AND messages.status IN ('accepted', 'queued')
                 ORDER BY messages.account_sid, messages.ordinal LIMIT {BatchSize} FOR UPDATE OF entry SKIP LOCKED
             ), fetching AS MATERIALIZED (
                 SELECT message_sid, messages.ordinal FROM messages JOIN media_queue AS entry ON message_sid = sid
                 WHERE messages.account_sid = {account.Value}
                     AND messages.ordinal > {after} AND messages.ordinal <= {last}
                     AND messages.status IN ('accepted', 'queued')
                 ORDER BY messages.account_sid, messages.ordinal LIMIT {BatchSize} FOR UPDATE OF entry SKIP LOCKED
             )
             SELECT message_sid, ordinal FROM (TABLE queued UNION ALL TABLE fetching) AS waiting
             ORDER BY ordinal LIMIT {BatchSize}
             """).ToListAsync(cancellation);
        if (rows.Count == 0) return null;
        var waiting = rows.ConvertAll(row => Sid.Parse(row.MessageSid));
        var now = clock.Now(account);
        foreach (var message in await work.Db.LockMessagesAsync(waiting, cancellation))
        {
            if (message.Status is not (MessageStatus.Accepted or MessageStatus.Queued)) continue;
            var was = message.Status;
            work.End(message.Sid);
            work.Batch.MediaQueue.Remove(message.Sid);
            var callback = message.TransitionTo(
                MessageStatus.Failed, now < message.DateUpdated ? message.DateUpdated : now,
                MessagingError.AccountSuspended.Code);
            work.Batch.Move(message, was, callback);
        }

        await work.CommitAsync(CancellationToken.None);
        return rows[^1].Ordinal;
    }

    private sealed record WaitingRow(string MessageSid, long Ordinal);
}
