using MessagingServices.Domain.Webhooks;

namespace MessagingServices.Server.Webhooks;

/// <summary>A webhook that this process has claimed.</summary>
/// <param name="Webhook">What is to be posted.</param>
/// <param name="Endpoint">Scheme, host and port; see <see cref="Domain.Webhooks.Webhook.EndpointOf"/>.</param>
/// <param name="AuthToken">Signs it.</param>
public sealed record ClaimedWebhook(Webhook Webhook, string Endpoint, string AuthToken);

/// <summary>How an endpoint has been answering.</summary>
public enum LanePace
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
internal sealed class CallbackLane(string endpoint)
{
    // Start times of the requests under way; they start in order, so the first is the oldest.
    private readonly List<long> starts = [];

    public string Endpoint => endpoint;

    public Queue<ClaimedWebhook> Waiting { get; } = new();

    public LanePace Pace { get; set; } = LanePace.Untried;

    public int UnderWay => starts.Count;

    public int Claimed => starts.Count + Waiting.Count;

    public bool IsSlow => Pace is LanePace.Late or LanePace.Failing;

    /// <summary>The oldest request under way began then; null when none is.</summary>
    public long? OldestStart => starts.Count > 0 ? starts[0] : null;

    /// <summary>Where the next look into the endpoint's queue begins: behind webhooks that all wait for older ones.</summary>
    public long LookAfter { get; set; }

    /// <summary>Whether the last claim took all that it was allowed to: there is probably more.</summary>
    public bool HasMore { get; set; }

    public void Start(long now) => starts.Add(now);

    public void End(long started) => starts.Remove(started);
}
