using MessagingServices.Server.Events;
using MessagingServices.Server.Media;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Deletes a message that has ended, with its media and its feedback. What it cost stays in usage and balance.
/// </summary>
internal sealed class DeleteMessage(MessagingDb db, EventBus events)
{
    private const string DeleteSql =
        $$"""
        WITH removed AS (DELETE FROM messages WHERE sid = {0} RETURNING *)
        {{UsageStatements.KeepRemoved}}
        """;

    /// <summary>Deletes the message. Returns false when the account has no such message.</summary>
    /// <exception cref="TwilioException">20009 when the message has not ended.</exception>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var message = await db.Messages.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Sid == sid && m.AccountSid == account, cancellation);
        if (message is null) return false;
        if (!message.Status.IsTerminal()) throw new TwilioException(MessagingError.NotComplete.ToApiError());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Its callbacks that a server still delivers from memory could not be made again without it.
        await db.StorePendingCallbacksAsync(db.Messages.Where(m => m.Sid == sid), cancellation);
        await db.Database.ExecuteSqlRawAsync(DeleteSql, [sid.Value], cancellation);
        await db.MessageFeedback.Where(f => f.MessageSid == sid).ExecuteDeleteAsync(cancellation);
        await db.DeleteMediaOfAsync(sid, cancellation);
        await transaction.CommitAsync(cancellation);
        events.Deleted(sid, account, message.MessagingServiceSid);
        return true;
    }
}
