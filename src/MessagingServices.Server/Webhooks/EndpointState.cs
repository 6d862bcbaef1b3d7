namespace MessagingServices.Server.Webhooks;

/// <summary>The state of one endpoint: its health, its requests in flight, and its webhooks that wait.</summary>
internal sealed class EndpointState(string endpoint)
{
    // The start times of the requests in flight. They start in order, so the first is the oldest.
    private readonly List<long> starts = [];
    private int ownedInFlight;
    private bool ownedIsNext;

    public string Endpoint => endpoint;

    /// <summary>The claimed webhooks that wait for their turn.</summary>
    public Queue<ClaimedWebhook> Waiting { get; } = new();

    /// <summary>The webhooks of chains that wait for their turn; see <see cref="MessageChain"/>.</summary>
    public Queue<ClaimedWebhook> Owned { get; } = new();

    public bool HasWaiting => Waiting.Count + Owned.Count > 0;

    public EndpointHealth Health { get; set; } = EndpointHealth.Unknown;

    public int InFlight => starts.Count;

    /// <summary>The claimed webhooks: in flight, and those that wait.</summary>
    public int Claimed => starts.Count - ownedInFlight + Waiting.Count;

    /// <summary>Whether its requests take long: <see cref="EndpointHealth.Slow"/> or failing.</summary>
    public bool TakesLong => Health is EndpointHealth.Slow or EndpointHealth.Failing;

    /// <summary>The start of the oldest request in flight; null when there is none.</summary>
    public long? OldestStart => starts.Count > 0 ? starts[0] : null;

    /// <summary>See <see cref="EndpointClaim"/>.</summary>
    public long Cursor { get; set; }

    /// <summary>Whether the database probably has more webhooks for the endpoint.</summary>
    public bool HasMore { get; set; }

    /// <summary>Takes the next webhook that waits: a claimed one and an owned one in turns.</summary>
    public ClaimedWebhook TakeNext()
    {
        var takesOwned = Waiting.Count == 0 || (Owned.Count > 0 && ownedIsNext);
        ownedIsNext = !takesOwned;
        return takesOwned ? Owned.Dequeue() : Waiting.Dequeue();
    }

    public void Start(ClaimedWebhook webhook, long now)
    {
        starts.Add(now);
        if (webhook.Chain is not null) ownedInFlight++;
    }

    public void End(ClaimedWebhook webhook, long started)
    {
        starts.Remove(started);
        if (webhook.Chain is not null) ownedInFlight--;
    }
}

/// <summary>The health of an endpoint, by its last response.</summary>
internal enum EndpointHealth
{
    /// <summary>No request has ended yet.</summary>
    Unknown,

    /// <summary>The last response came within a second.</summary>
    Healthy,

    /// <summary>The last response took longer than a second.</summary>
    Slow,

    /// <summary>The last request got no response, or one in flight has waited for longer than a second.</summary>
    Failing,
}

/// <summary>Operations on queues.</summary>
internal static class QueueExtensions
{
    /// <summary>Keeps the first items of a queue.</summary>
    /// <returns>The removed items, in order.</returns>
    public static IReadOnlyList<T> KeepFirst<T>(this Queue<T> queue, int count)
    {
        if (queue.Count <= count) return [];
        List<T> all = [.. queue];
        queue.Clear();
        all.Take(count).ToList().ForEach(queue.Enqueue);
        return all[count..];
    }

    /// <summary>Removes items of a queue.</summary>
    /// <returns>The removed items, in order.</returns>
    public static IReadOnlyList<T> Remove<T>(this Queue<T> queue, Predicate<T> which)
    {
        var all = queue.ToLookup(item => which(item));
        if (!all.Contains(true)) return [];
        List<T> kept = [.. all[false]];
        queue.Clear();
        kept.ForEach(queue.Enqueue);
        return [.. all[true]];
    }
}
