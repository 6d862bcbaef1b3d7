using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Pipeline;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Calls a scheduled message off.</summary>
public sealed class CancelMessage(PipelineTransactions transactions, EmulatorClock clock, PipelineSignals signals)
{
    /// <summary>Cancels; null when the account has no such message.</summary>
    /// <exception cref="RefusedException">30409 when it is too late.</exception>
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
        if (refusal is not null) throw new RefusedException(refusal);
        work.Batch.Move(message, was, owed);
        work.Batch.Unqueue(sid);
        await work.CommitAsync(cancellation);
        signals.Wake<PostStatusCallbacks>();
        return message;
    }
}
