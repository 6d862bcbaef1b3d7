using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>Stores an application's feedback on a message. New feedback replaces the old.</summary>
internal sealed class RecordFeedback(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Returns the stored feedback; null when the account has no such message.</summary>
    public async Task<MessageFeedback?> RecordAsync(
        Sid account, Sid message, FeedbackOutcome outcome, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await db.LockMessageAsync(account, message, cancellation)) return null;
        var now = clock.Now(account);
        var feedback = await db.MessageFeedback.SingleOrDefaultAsync(f => f.MessageSid == message, cancellation);
        if (feedback is null) db.Add(feedback = new(message, account, outcome, now));
        else feedback.Change(outcome, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return feedback;
    }
}
