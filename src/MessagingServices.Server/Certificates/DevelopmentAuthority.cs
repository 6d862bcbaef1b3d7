using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Certificates;

/// <summary>
/// The development CA of the database. It is made on first use; of servers that make one at once, one wins, and all
/// have that one. From then on it is in memory.
/// </summary>
internal sealed class DevelopmentAuthority(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly Lock gate = new();
    private Task<IssuingAuthority>? loaded;

    /// <summary>Returns it; makes it when the database has none.</summary>
    public Task<IssuingAuthority> GetAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            // A read that failed is made again.
            if (loaded is null or { IsFaulted: true } or { IsCanceled: true }) loaded = LoadAsync();
            return loaded.IsCompletedSuccessfully ? loaded : loaded.WaitAsync(cancellation);
        }
    }

    private async Task<IssuingAuthority> LoadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var stored = await db.StoredAuthorities.AsNoTracking().SingleOrDefaultAsync();
        if (stored is null)
        {
            var (certificate, key) = IssuingAuthority.Create(real.GetUtcNow());
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO stored_authorities (id, certificate, private_key)
                 VALUES ({StoredAuthority.OnlyId}, {certificate}, {key}) ON CONFLICT (id) DO NOTHING
                 """);
            stored = await db.StoredAuthorities.AsNoTracking().SingleAsync();
        }

        return IssuingAuthority.Read(stored.Certificate, stored.PrivateKey);
    }
}
