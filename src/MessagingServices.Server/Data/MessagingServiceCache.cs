using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches Messaging Services in a <see cref="TtlCache{TKey,TValue}"/>, so that accepting a message needs no query for
/// them.
/// </summary>
internal sealed class MessagingServiceCache(NpgsqlDataSource database, TimeProvider real)
{
    // By account: another account's Messaging Service costs one read, as one that does not exist.
    private readonly TtlCache<(Sid Account, Sid Sid), MessagingService> cache = new(
        named => ReadAsync(database, named), real,
        readVersions: named =>
            RowVersions.Of(database, "messaging_services").ReadAsync(named, service => service.Sid));

    /// <summary>
    /// Finds a Messaging Service; null when the account has none with this SID. Callers must not change the object.
    /// </summary>
    public ValueTask<MessagingService?> FindAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        cache.GetAsync((account, sid), cancellation);

    /// <summary>Call this after the commit that changed or deleted a Messaging Service.</summary>
    public void Invalidate(Sid account, Sid sid) => cache.Invalidate((account, sid));

    /// <summary>Call this after the commit that removed the Messaging Services of an account.</summary>
    public void InvalidateAll(Sid account) => cache.InvalidateWhere((named, _) => named.Account == account);

    private static async Task<Dictionary<(Sid Account, Sid Sid), MessagingService>> ReadAsync(
        NpgsqlDataSource database, IReadOnlyCollection<(Sid Account, Sid Sid)> named)
    {
        var stored = await database.ReadMessagingServicesAsync(
            named.Select(service => service.Sid), named.Select(service => service.Account).Distinct());
        // By account and SID: an account may have asked for a Messaging Service of another one.
        return stored.ToDictionary(service => (service.AccountSid, service.Sid));
    }
}
