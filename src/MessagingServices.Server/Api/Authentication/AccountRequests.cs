using System.Collections.Concurrent;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// Counts the requests of each account that are under way on this server. An account without one costs nothing.
/// </summary>
internal sealed class AccountRequests
{
    private readonly ConcurrentDictionary<Sid, int> underWay = new();

    /// <summary>The number of accounts with requests under way.</summary>
    public int Accounts => underWay.Count;

    /// <summary>A request begins.</summary>
    /// <returns>The number of the account's requests under way, this one included.</returns>
    public int Begin(Sid account) => underWay.AddOrUpdate(account, 1, static (_, count) => count + 1);

    /// <summary>A request ended.</summary>
    public void End(Sid account)
    {
        // Removes the entry only if no request has begun meanwhile.
        if (underWay.AddOrUpdate(account, 0, static (_, count) => count - 1) == 0) underWay.TryRemove(new(account, 0));
    }
}
