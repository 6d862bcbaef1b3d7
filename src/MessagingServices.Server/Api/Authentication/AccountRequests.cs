using System.Collections.Concurrent;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Counts the requests of each account that are under way on this server.</summary>
internal sealed class AccountRequests
{
    private readonly ConcurrentDictionary<Sid, Counter> counters = new();

    /// <summary>The counter of an account.</summary>
    public Counter Of(Sid account) => counters.GetOrAdd(account, static _ => new());

    /// <summary>Counts the requests of one account.</summary>
    internal sealed class Counter
    {
        private int underWay;

        /// <summary>A request begins.</summary>
        /// <returns>The number of requests under way, this one included.</returns>
        public int Begin() => Interlocked.Increment(ref underWay);

        /// <summary>A request ended.</summary>
        public void End() => Interlocked.Decrement(ref underWay);
    }
}
