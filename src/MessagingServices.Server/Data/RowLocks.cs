using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Locks rows until the transaction ends, so that one request at a time changes them. A transaction that locks several
/// rows must use the order in <c>RowClaims</c>, which prevents deadlocks.
/// </summary>
internal static class RowLocks
{
    /// <summary>
    /// Locks a row of an account: its settings and what belongs to it, such as the members of a Messaging Service's
    /// pool or the membership of a phone number. Null when the account has none with this SID.
    /// </summary>
    public static Task<T?> LockAsync<T>(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) where T : class
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName();
        return db.Set<T>().FromSql(FormattableStringFactory.Create(
            $"SELECT * FROM {table} WHERE sid = {{0}} AND account_sid = {{1}} FOR NO KEY UPDATE",
            sid.Value, account.Value)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>
    /// Lets one transaction at a time seed, reset or delete an account, on all servers; false while another one has the
    /// lock. Nothing else of the account waits for it.
    /// </summary>
    public static Task<bool> TryLockWorldAsync(this MessagingDb db, Sid account, CancellationToken cancellation) =>
        db.Database.SqlQuery<bool>(
            $"""
             SELECT pg_try_advisory_xact_lock(hashtextextended({account.Value}, 1)) AS "Value"
             """).SingleAsync(cancellation);

    /// <summary>
    /// Locks an application, and waits for those that hold it (<see cref="HoldApplicationAsync"/>). Null when the
    /// account has none with this SID.
    /// </summary>
    public static Task<Application?> LockApplicationAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        db.Applications.FromSql(
            $"""
             SELECT * FROM applications
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR UPDATE
             """)
            .SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Keeps an application from being deleted while this transaction makes a phone number refer to it. It comes before
    /// the number. False when the account has none with this SID; true for a text that is no SID of an application.
    /// </summary>
    public static async Task<bool> HoldApplicationAsync(
        this MessagingDb db, Sid account, string? application, CancellationToken cancellation) =>
        !Sid.TryParseAs(SidPrefix.Application, application, out var sid) || (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM applications
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR KEY SHARE
             """)
            .ToListAsync(cancellation)).Count > 0;

    /// <summary>
    /// Locks a message, so that no transaction removes it while this one adds rows to it. False when the account has
    /// none with this SID.
    /// </summary>
    public static async Task<bool> LockMessageAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM messages
             WHERE sid = {sid.Value} AND account_sid = {account.Value} FOR NO KEY UPDATE
             """)
            .ToListAsync(cancellation)).Count > 0;
}
