namespace MessagingServices.Server.Webhooks;

/// <summary>
/// One claim of this process on a webhook. A webhook that is made again is claimed again, maybe before the first claim is forgotten: the two
/// are told apart by identity.
/// </summary>
internal sealed class ClaimedWebhook(Webhook webhook, string endpoint, string authToken)
{
    /// <summary>What is to be posted.</summary>
    public Webhook Webhook => webhook;

    /// <summary>Scheme, host and port; see <see cref="Domain.Webhooks.Webhook.EndpointOf"/>.</summary>
    public string Endpoint => endpoint;

    /// <summary>Signs it.</summary>
    public string AuthToken => authToken;
}

/// <summary>How an endpoint has been answering.</summary>
internal enum EndpointHealth
{
    /// <summary>Nothing is known yet.</summary>
    Untried,

    /// <summary>The last request was answered within a second.</summary>
    Prompt,

    /// <summary>The last request was answered, but took longer than a second.</summary>
    Late,

    /// <summary>The last request was not answered, or one under way has been waiting for longer than a second.</summary>
    Failing,
}

/// <summary>The webhooks that this process has claimed for one endpoint: those under way and those waiting for their turn.</summary>
internal sealed class EndpointState(string endpoint)
{
    // Start times of the requests under way; they start in order, so the first is the oldest.
    private readonly List<long> starts = [];

    public string Endpoint => endpoint;

    public Queue<ClaimedWebhook> Waiting { get; } = new();

    public EndpointHealth Pace { get; set; } = EndpointHealth.Untried;

    public int UnderWay => starts.Count;

    public int Claimed => starts.Count + Waiting.Count;

    public bool IsSlow => Pace is EndpointHealth.Late or EndpointHealth.Failing;

    /// <summary>The oldest request under way began then; null when none is.</summary>
    public long? OldestStart => starts.Count > 0 ? starts[0] : null;

    /// <summary>Where the next look into the endpoint's queue begins: behind webhooks that all wait for older ones.</summary>
    public long LookAfter { get; set; }

    /// <summary>Whether the last claim took all that it was allowed to: there is probably more.</summary>
    public bool HasMore { get; set; }

    public void Start(long now) => starts.Add(now);

    public void End(long started) => starts.Remove(started);
}

/// <summary>How many webhooks of one endpoint may be claimed, and from where on.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Quota">How many; 0 for none now.</param>
/// <param name="After">Only those whose ordinal is greater.</param>
internal sealed record ClaimQuota(string Endpoint, int Quota, long After);
