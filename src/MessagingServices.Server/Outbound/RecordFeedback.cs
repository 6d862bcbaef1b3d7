using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>Keeps what an application says of a message; the last it says holds.</summary>
internal sealed class RecordFeedback(MessagingDb db, EmulatorClock clock)
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
