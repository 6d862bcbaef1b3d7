namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Logs webhooks whose retries are exhausted, throttled for each endpoint, because an endpoint that is down fails
/// thousands a second. A line contains the number of failures since the last one.
/// </summary>
internal sealed partial class ExhaustedWebhookLog : IDisposable
{
    private const int MaxIdleEndpoints = 1024;

    private readonly DatabaseOutage outage;
    private readonly TimeProvider time;
    private readonly ILogger<ExhaustedWebhookLog> logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    public ExhaustedWebhookLog(DatabaseOutage outage, TimeProvider time, ILogger<ExhaustedWebhookLog> logger)
    {
        this.outage = outage;
        this.time = time;
        this.logger = logger;
        timer = time.CreateTimer(_ => WriteCounted(isLast: false), null, LogThrottle.Interval, LogThrottle.Interval);
    }

    /// <summary>Adds a failed webhook.</summary>
    /// <param name="endpoint">Scheme, host and port.</param>
    /// <param name="errorCode">Twilio's error code; null without one.</param>
    /// <param name="serverError">The error of this server that ended the delivery; null without one.</param>
    public void Add(string endpoint, int? errorCode, Exception? serverError)
    {
        lock (gate)
        {
            if (!tallies.TryGetValue(endpoint, out var tally)) tallies[endpoint] = tally = new(time);
            tally.Count++;
            tally.ErrorCode = errorCode;
            tally.ServerError = serverError ?? tally.ServerError;
            if (tally.Throttle.AllowsLine) Write(endpoint, tally);
        }
    }

    /// <summary>
    /// Adds a webhook that is repeated, because its token could not be read or its result not stored.
    /// </summary>
    /// <param name="endpoint">Scheme, host and port.</param>
    /// <param name="failure">The failure outside of the requests to the endpoint.</param>
    public void AddRepeated(string endpoint, Exception failure)
    {
        // In an outage of the database, the webhook has not failed: it is sent afterwards.
        if (DatabaseErrors.IsTransient(failure)) outage.Failed(failure);
        else Add(endpoint, null, failure);
    }

    /// <summary>Writes the failures that no line contains yet.</summary>
    public void Dispose()
    {
        timer.Dispose();
        WriteCounted(isLast: true);
    }

    private void WriteCounted(bool isLast)
    {
        lock (gate)
        {
            foreach (var (endpoint, tally) in tallies)
            {
                if (tally.Count > 0 && (isLast || tally.Throttle.AllowsLine)) Write(endpoint, tally);
            }

            if (tallies.Count <= MaxIdleEndpoints) return;
            foreach (var (endpoint, tally) in tallies)
            {
                if (tally.Count == 0 && tally.Throttle.AllowsLine) tallies.Remove(endpoint);
            }
        }
    }

    private void Write(string endpoint, Tally tally)
    {
        if (tally.ServerError is { } error) LogServerError(tally.Count, endpoint, tally.ErrorCode, error);
        else LogExhausted(tally.Count, endpoint, tally.ErrorCode);
        tally.Count = 0;
        tally.ServerError = null;
        tally.Throttle.LineWritten();
    }

    [LoggerMessage(LogLevel.Warning, "{Webhooks} webhook(s) to {Endpoint} failed, the last with error {ErrorCode}")]
    private partial void LogExhausted(int webhooks, string endpoint, int? errorCode);

    [LoggerMessage(LogLevel.Error,
        "{Webhooks} webhook(s) to {Endpoint} failed, the last with error {ErrorCode}, by an error of this server")]
    private partial void LogServerError(int webhooks, string endpoint, int? errorCode, Exception failure);

    private sealed class Tally(TimeProvider time)
    {
        public LogThrottle Throttle { get; } = new(time);

        /// <summary>The failures since the last line.</summary>
        public int Count { get; set; }

        public int? ErrorCode { get; set; }

        public Exception? ServerError { get; set; }
    }
}
