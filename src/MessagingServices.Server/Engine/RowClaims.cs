using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>Takes due rows so that no other server takes them: <c>FOR UPDATE SKIP LOCKED</c>.</summary>
/// <remarks>
/// Stages that move messages hold these locks until their transaction ends, and do no other I/O in it. Stages that
/// wait for the network mark their rows as claimed and commit first. Every transaction locks rows in one order, which
/// prevents deadlocks between servers: the scheduling lock, the lock of an owner (<see cref="OwnershipFence"/>),
/// message queue or carrier delivery, media claim, message, Messaging Service, carrier rules that count, send schedule
/// of a sender, application, sender of the account, member of the pool, sticky sender, opt-outs of the account, address
/// pair and conversation.
/// </remarks>
internal static class RowClaims
{
    /// <summary>
    /// Locks a message's place in the queue, of one stage or of any; waits for the stage that works on it. False when
    /// the message does not wait there.
    /// </summary>
    public static async Task<bool> LockQueuedAsync(
        this MessagingDb db, Sid message, MessageStage? stage, CancellationToken cancellation)
    {
        var name = stage is { } one ? EnumNames<MessageStage>.Of(one) : null;
        return (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM message_queue
             WHERE message_sid = {message.Value} AND ({name}::text IS NULL OR stage = {name}) FOR UPDATE
             """)
            .ToListAsync(cancellation)).Count > 0;
    }

    /// <summary>Locks the messages for the rest of the transaction.</summary>
    public static Task<List<Message>> LockMessagesAsync(
        this MessagingDb db, IEnumerable<Sid> messages, CancellationToken cancellation) =>
        db.Messages.FromSql($"SELECT * FROM messages WHERE sid = ANY ({messages.Values()}) ORDER BY sid FOR UPDATE")
            .AsNoTracking().ToListAsync(cancellation);

    /// <summary>
    /// Locks Messaging Services of an account with their pools and sticky senders. One server at a time selects senders
    /// for a service, and a use case that changes a pool locks its service too.
    /// </summary>
    public static Task<int> LockServicesAsync(
        this MessagingDb db, Sid account, IEnumerable<Sid> messagingServices, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"""
             SELECT 1 FROM messaging_services
             WHERE sid = ANY ({messagingServices.Values()}) AND account_sid = {account.Value}
             ORDER BY sid FOR NO KEY UPDATE
             """, cancellation);
}
