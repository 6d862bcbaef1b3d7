using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Begins and ends the sessions of the console.</summary>
internal sealed class ConsoleSessionUseCases(MessagingDb db, ConsoleSessions sessions, TimeProvider real)
{
    /// <summary>The max number of sessions of an account. A new one ends the oldest.</summary>
    public const int MaxSessions = 1000;

    private const int TokenBytes = 32;
    private const int MaxRemoved = 1000;

    /// <summary>Begins a session for a credential that was checked.</summary>
    /// <param name="account">The account that signs in.</param>
    /// <param name="key">The API key that signs in; null for an Auth Token.</param>
    /// <param name="secretHash">The SHA-256 of the Auth Token or secret.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The session and its token, which is not stored.</returns>
    /// <exception cref="TwilioException">
    /// The account is not active any more (20005), or the key was revoked (20003).
    /// </exception>
    public async Task<(ConsoleSession Session, string Token)> SignInAsync(
        Sid account, Sid? key, byte[] secretHash, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        ConsoleSession session = new(
            ApiKey.Hash(token), account, key, secretHash, real.GetUtcNow() + ConsoleSession.Lifetime);
        return await db.InTransactionAsync(
            async () =>
            {
                // Who suspends the account, or revokes the key, waits, and then ends this session too.
                if (!await IsActiveAsync(account, cancellation))
                    throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
                if (key is { } named && await db.LockAsync<ApiKey>(account, named, cancellation) is null)
                    throw new TwilioException(MessagingError.WrongKey.ToApiError());
                await RemoveExpiredAsync(cancellation);
                await RemoveSurplusAsync(account, cancellation);
                db.Add(session);
                await db.SaveChangesAsync(cancellation);
                return (session, token);
            }, cancellation);
    }

    /// <summary>Ends a session, if there is one.</summary>
    /// <param name="tokenHash">The SHA-256 of its token.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task SignOutAsync(byte[] tokenHash, CancellationToken cancellation)
    {
        await db.ConsoleSessions.Where(session => session.TokenHash == tokenHash).ExecuteDeleteAsync(cancellation);
        sessions.Invalidate(tokenHash);
    }

    private async Task<bool> IsActiveAsync(Sid account, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM accounts WHERE sid = {account.Value} AND status = 'active' FOR SHARE
             """).ToListAsync(cancellation)).Count > 0;

    private Task<int> RemoveExpiredAsync(CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
         DELETE FROM console_sessions WHERE token_hash IN (
             SELECT token_hash FROM console_sessions WHERE expires <= {real.GetUtcNow()}
             ORDER BY expires LIMIT {MaxRemoved} FOR UPDATE SKIP LOCKED)
         """, cancellation);

    private Task<int> RemoveSurplusAsync(Sid account, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
         DELETE FROM console_sessions WHERE token_hash IN (
             SELECT token_hash FROM console_sessions WHERE account_sid = {account.Value}
             ORDER BY expires DESC OFFSET {MaxSessions - 1} FOR UPDATE SKIP LOCKED)
         """, cancellation);
}
