using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Who changes conversations locks, in this order: the pairs of addresses that it looks for or takes, then the conversation. Both after all that
/// <see cref="RowClaims"/> names; the messages that are sent are new, so nobody waits for them.
/// </summary>
internal static class ConversationLocks
{
    /// <summary>
    /// Locks a pair of addresses, which need not be taken yet: of several who begin a conversation for one pair the first does, and the others find it.
    /// </summary>
    public static Task<int> LockPairAsync(this MessagingDb db, Sid account, string address, string proxyAddress, CancellationToken cancellation)
    {
        var pair = $"{account} {address} {proxyAddress}";
        return db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({pair}, 0))", cancellation);
    }

    /// <summary>
    /// Locks a conversation: its state, its participants and what is said in it. Null when the account has none of that SID; the object is not tracked
    /// before, so that it is what stands there now.
    /// </summary>
    public static Task<Conversation?> LockConversationAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.Conversations.FromSql($"SELECT * FROM conversations WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);
}
