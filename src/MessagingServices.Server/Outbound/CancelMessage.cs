using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>Calls a scheduled message off.</summary>
internal sealed class CancelMessage(MessageTransactions transactions, EmulatorClock clock)
{
    /// <summary>Cancels; null when the account has no such message.</summary>
    /// <exception cref="TwilioException">30409 when it is too late.</exception>
    public async Task<Message?> CancelAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        if (!await work.Db.Messages.AnyAsync(m => m.Sid == sid && m.AccountSid == account, cancellation)) return null;
        // The place in the queue first, as every stage does: whoever has it decides whether the message is sent or canceled.
        await work.Db.LockQueuedAsync(sid, cancellation);
        var message = (await work.Db.LockMessagesAsync([sid], cancellation)).SingleOrDefault();
        if (message is null) return null;
        var was = message.Status;
        var (owed, refusal) = message.Cancel(clock.GetUtcNow());
        if (refusal is not null) throw new TwilioException(refusal);
        work.Batch.Move(message, was, owed);
        work.Batch.MessageQueue.Remove(sid);
        await work.CommitAsync(cancellation);
        return message;
    }
}
