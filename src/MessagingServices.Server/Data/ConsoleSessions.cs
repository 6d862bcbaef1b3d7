using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches the sessions of the console in a <see cref="TtlCache{TKey,TValue}"/>. So one that ends does so on every
/// server within a second.
/// </summary>
internal sealed class ConsoleSessions(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly TtlCache<string, ConsoleSession> sessions = new(hashes => ReadAsync(databases, hashes), real);

    /// <summary>Finds a session, which may have expired; null when there is none.</summary>
    /// <param name="tokenHash">The SHA-256 of its token.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public ValueTask<ConsoleSession?> FindAsync(byte[] tokenHash, CancellationToken cancellation) =>
        sessions.GetAsync(Convert.ToHexString(tokenHash), cancellation);

    /// <summary>Reads a session from the database; null when there is none.</summary>
    /// <param name="tokenHash">The SHA-256 of its token.</param>
    public async Task<ConsoleSession?> ReadAsync(byte[] tokenHash) =>
        (await ReadAsync(databases, [Convert.ToHexString(tokenHash)])).Values.SingleOrDefault();

    /// <summary>Call this after the commit that removed a session.</summary>
    /// <param name="tokenHash">The SHA-256 of its token.</param>
    public void Invalidate(byte[] tokenHash) => sessions.Invalidate(Convert.ToHexString(tokenHash));

    /// <summary>Call this after the sessions of an account were removed.</summary>
    public void InvalidateAll(Sid account) =>
        sessions.InvalidateWhere((_, session) => session is null || session.AccountSid == account);

    private static async Task<Dictionary<string, ConsoleSession>> ReadAsync(
        IDbContextFactory<MessagingDb> databases, IReadOnlyCollection<string> hashes)
    {
        List<byte[]> wanted = [.. hashes.Select(Convert.FromHexString)];
        await using var db = await databases.CreateDbContextAsync();
        var stored = await db.ConsoleSessions.AsNoTracking().Where(session => wanted.Contains(session.TokenHash))
            .ToListAsync();
        return stored.ToDictionary(session => Convert.ToHexString(session.TokenHash));
    }
}
