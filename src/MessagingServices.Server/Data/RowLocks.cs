using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Rows that one request at a time may change, locked for the rest of the transaction. Whoever locks several takes them in the order that
/// <c>RowClaims</c> states: this prevents deadlocks.
/// </summary>
internal static class RowLocks
{
    /// <summary>Locks a Messaging Service: its settings, and who joins its pool. Null when the account has none of that SID.</summary>
    public static Task<MessagingService?> LockServiceAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.MessagingServices.FromSql(
            $"SELECT * FROM messaging_services WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a phone number: its settings, and which pool it joins. Null when the account has none of that SID.</summary>
    public static Task<PhoneNumber?> LockPhoneNumberAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.PhoneNumbers.FromSql(
            $"SELECT * FROM phone_numbers WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a short code: its settings, and which pool it joins. Null when the account has none of that SID.</summary>
    public static Task<ShortCode?> LockShortCodeAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.ShortCodes.FromSql(
            $"SELECT * FROM short_codes WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a WhatsApp or RCS sender: its settings, and which pool it joins. Null when the account has none of that SID.</summary>
    public static Task<ChannelSender?> LockChannelSenderAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.ChannelSenders.FromSql(
            $"SELECT * FROM channel_senders WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Locks a message, so that it stays for as long as something is added to it. False when the account has none of that SID.</summary>
    public static async Task<bool> LockMessageAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"SELECT 1 AS \"Value\" FROM messages WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE")
            .ToListAsync(cancellation)).Count > 0;
}
