using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Keeps what an application says of a message; the last it says holds.</summary>
public sealed class RecordFeedback(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Records; null when the account has no such message.</summary>
    public async Task<MessageFeedback?> RecordAsync(Sid account, Sid message, FeedbackOutcome outcome, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await db.LockMessageAsync(account, message, cancellation)) return null;
        var now = clock.GetUtcNow();
        var feedback = await db.MessageFeedback.SingleOrDefaultAsync(given => given.MessageSid == message, cancellation);
        if (feedback is null) db.Add(feedback = new(message, account, outcome, now));
        else feedback.Change(outcome, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return feedback;
    }
}
