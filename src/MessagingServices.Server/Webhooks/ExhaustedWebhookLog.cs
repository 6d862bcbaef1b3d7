namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Logs webhooks that were given up: the first of an endpoint at once, then one line each ten seconds at most, with their number. An
/// endpoint that is gone fails thousands a second.
/// </summary>
internal sealed partial class ExhaustedWebhookLog : IDisposable
{
    private const int MaxIdle = 1024;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly ILogger<ExhaustedWebhookLog> logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    /// <summary>Begins to count.</summary>
    public ExhaustedWebhookLog(TimeProvider time, ILogger<ExhaustedWebhookLog> logger)
    {
        this.time = time;
        this.logger = logger;
        timer = time.CreateTimer(_ => WriteCounted(evenEarly: false), null, BetweenLines, BetweenLines);
    }

    /// <summary>A webhook was given up.</summary>
    /// <param name="endpoint">Scheme, host and port.</param>
    /// <param name="errorCode">Twilio's code for the failure; null when there is none.</param>
    /// <param name="ownError">The error of this server that ended it; null when there was none.</param>
    public void Add(string endpoint, int? errorCode, Exception? ownError)
    {
        lock (gate)
        {
            if (!tallies.TryGetValue(endpoint, out var tally)) tallies[endpoint] = tally = new();
            tally.Count++;
            tally.ErrorCode = errorCode;
            tally.OwnError = ownError ?? tally.OwnError;
            if (MayWrite(tally)) Write(endpoint, tally);
        }
    }

    /// <summary>Writes what is counted and not yet written.</summary>
    public void Dispose()
    {
        timer.Dispose();
        WriteCounted(evenEarly: true);
    }

    private void WriteCounted(bool evenEarly)
    {
        lock (gate)
        {
            foreach (var (endpoint, tally) in tallies)
            {
                if (tally.Count > 0 && (evenEarly || MayWrite(tally))) Write(endpoint, tally);
            }

            if (tallies.Count <= MaxIdle) return;
            foreach (var (endpoint, tally) in tallies)
            {
                if (tally.Count == 0 && MayWrite(tally)) tallies.Remove(endpoint);
            }
        }
    }

    private bool MayWrite(Tally tally) => tally.Written is not { } written || time.GetElapsedTime(written) >= BetweenLines;

    private void Write(string endpoint, Tally tally)
    {
        if (tally.OwnError is { } error) LogOwnError(tally.Count, endpoint, tally.ErrorCode, error);
        else LogGivenUp(tally.Count, endpoint, tally.ErrorCode);
        tally.Count = 0;
        tally.OwnError = null;
        tally.Written = time.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Warning, "{Webhooks} webhook(s) to {Endpoint} given up, the last with error {ErrorCode}")]
    private partial void LogGivenUp(int webhooks, string endpoint, int? errorCode);

    [LoggerMessage(LogLevel.Error, "{Webhooks} webhook(s) to {Endpoint} given up, the last with error {ErrorCode}; this server failed")]
    private partial void LogOwnError(int webhooks, string endpoint, int? errorCode, Exception failure);

    private sealed class Tally
    {
        public int Count { get; set; }

        public int? ErrorCode { get; set; }

        public Exception? OwnError { get; set; }

        /// <summary>When the last line was written; null when none was.</summary>
        public long? Written { get; set; }
    }
}
