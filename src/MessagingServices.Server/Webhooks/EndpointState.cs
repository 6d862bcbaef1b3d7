namespace MessagingServices.Server.Webhooks;

/// <summary>The state of one endpoint: its health, its requests in flight, and its webhooks that wait.</summary>
internal sealed class EndpointState(string endpoint)
{
    // The start times of the requests in flight. They start in order, so the first is the oldest.
    private readonly List<long> starts = [];

    public string Endpoint => endpoint;

    public Queue<ClaimedWebhook> Waiting { get; } = new();

    public EndpointHealth Health { get; set; } = EndpointHealth.Unknown;

    public int InFlight => starts.Count;

    public int Claimed => starts.Count + Waiting.Count;

    /// <summary>Whether its requests take long: <see cref="EndpointHealth.Slow"/> or failing.</summary>
    public bool TakesLong => Health is EndpointHealth.Slow or EndpointHealth.Failing;

    /// <summary>The start of the oldest request in flight; null when there is none.</summary>
    public long? OldestStart => starts.Count > 0 ? starts[0] : null;

    /// <summary>See <see cref="EndpointClaim"/>.</summary>
    public long Cursor { get; set; }

    /// <summary>Whether the last claim took as many as it was allowed to: there are probably more.</summary>
    public bool HasMore { get; set; }

    public void Start(long now) => starts.Add(now);

    public void End(long started) => starts.Remove(started);
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
