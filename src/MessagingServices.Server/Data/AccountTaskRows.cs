using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>Stores work on a whole account before it begins.</summary>
internal static class AccountTaskRows
{
    /// <summary>
    /// Stores a task about the messages that the account has now. Call it in the transaction that changes the account,
    /// or in none.
    /// </summary>
    public static async Task<AccountTask> AddAccountTaskAsync(
        this MessagingDb db, Sid account, AccountTaskKind kind, CancellationToken cancellation)
    {
        // What a suspension is about is not removed: servers need not wait to release their webhooks.
        var isFollowed = kind is AccountTaskKind.Suspend or AccountTaskKind.Close;
        return (await db.AccountTasks.FromSql(
            $"""
             INSERT INTO account_tasks (account_sid, kind, last_message, is_followed, is_done, followers)
             SELECT {account.Value}, {EnumNames<AccountTaskKind>.Of(kind)},
                 coalesce((SELECT max(ordinal) FROM messages WHERE account_sid = {account.Value}), 0),
                 {isFollowed}, false, ARRAY[]::uuid[]
             RETURNING *
             """).AsNoTracking().ToListAsync(cancellation)).Single();
    }
}
