using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// The locks of conversations. Take them in this order, after all locks of <see cref="RowClaims"/>: first the pairs of
/// addresses, then the conversation. This prevents deadlocks. The messages that a conversation sends are new, so no
/// other transaction waits for them.
/// </summary>
internal static class ConversationLocks
{
    /// <summary>
    /// Locks a pair of addresses, also one that no participant has yet. Of several transactions that begin a
    /// conversation for one pair, the first creates it, and the others find it.
    /// </summary>
    public static Task<int> LockPairAsync(
        this MessagingDb db, Sid account, string address, string proxyAddress, CancellationToken cancellation)
    {
        var pair = $"{account} {address} {proxyAddress}";
        return db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({pair}, 0))", cancellation);
    }

    /// <summary>
    /// Locks a conversation: its state, its participants and its messages. Null when the account has none with that
    /// SID. The context must not track the conversation before, so that its state is the present one.
    /// </summary>
    public static Task<Conversation?> LockConversationAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.Conversations.FromSql(
            $"SELECT * FROM conversations WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Locks the account's address configuration with that SID or address; null when the account has none.
    /// </summary>
    public static Task<AddressConfiguration?> LockAddressConfigurationAsync(
        this MessagingDb db, Sid account, string name, CancellationToken cancellation)
    {
        var address = SenderAddress.Parse(name)?.Value ?? name;
        return db.AddressConfigurations.FromSql(
            $"""
             SELECT * FROM address_configurations
             WHERE account_sid = {account.Value} AND (sid = {name} OR address = {address}) FOR NO KEY UPDATE
             """).SingleOrDefaultAsync(cancellation);
    }
}
