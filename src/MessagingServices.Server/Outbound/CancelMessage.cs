using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>Cancels a scheduled message.</summary>
internal sealed class CancelMessage(MessageTransactions transactions, EmulatorClock clock)
{
    /// <summary>Returns the canceled message; null when the account has no such message.</summary>
    /// <exception cref="TwilioException">30409 when the message is not scheduled any more.</exception>
    public async Task<Message?> CancelAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        if (!await work.Db.Messages.AnyAsync(m => m.Sid == sid && m.AccountSid == account, cancellation)) return null;
        // Lock the queue entry first, as every stage does. The transaction that has this lock decides whether the
        // message is sent or canceled.
        await work.Db.LockQueuedAsync(sid, stage: null, cancellation);
        var message = (await work.Db.LockMessagesAsync([sid], cancellation)).SingleOrDefault();
        if (message is null) return null;
        var was = message.Status;
        var (callback, error) = message.Cancel(clock.Now(account));
        if (error is not null) throw new TwilioException(error);
        work.Batch.Move(message, was, callback);
        work.Batch.MessageQueue.Remove(sid);
        await work.CommitAsync(cancellation);
        return message;
    }
}
