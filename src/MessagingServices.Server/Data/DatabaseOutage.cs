namespace MessagingServices.Server.Data;

/// <summary>
/// Logs outages of the database: one line when an outage begins, one a minute while it lasts, and one when it ends,
/// however many requests and background steps fail. It lets the server leave a database that has become read-only. It
/// is thread-safe.
/// </summary>
/// <remarks>
/// An outage has ended when the database can be written and nothing has failed for a while. That is two seconds if the
/// database as a whole could not be used: the last broken connections fail in that time. Otherwise only some statements
/// fail, for example those on a locked table. Each waits for seconds before it fails, so the while is longer.
/// </remarks>
internal sealed partial class DatabaseOutage(
    DatabaseHealth health, TimeProvider real, ILogger<DatabaseOutage> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuietAfterAll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QuietAfterSome = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private Outage? present;

    /// <summary>Something failed because of the database.</summary>
    public void Failed(Exception failure)
    {
        if (DatabaseErrors.IsReadOnly(failure)) health.LeaveReadOnly();
        var reason = DatabaseErrors.Reason(failure);
        lock (gate)
        {
            var now = real.GetTimestamp();
            if (present is null)
            {
                present = new(now) { LastLine = now };
                LogBegin(reason);
            }

            present.Failures++;
            present.LastFailure = now;
            present.Reason = reason;
        }
    }

    /// <summary>Writes the line that is due, if any. It is called every second.</summary>
    public async Task CheckAsync()
    {
        if (Volatile.Read(ref present) is not { } outage) return;
        var fault = await health.FindFaultAsync();
        lock (gate)
        {
            outage.IsOfAll |= fault is not null;
            var quiet = real.GetElapsedTime(outage.LastFailure);
            var seconds = (int)real.GetElapsedTime(outage.Began).TotalSeconds;
            if (fault is null && quiet >= (outage.IsOfAll ? QuietAfterAll : QuietAfterSome))
            {
                LogEnd(seconds, outage.Failures);
                present = null;
            }
            else if (real.GetElapsedTime(outage.LastLine) >= BetweenLines)
            {
                LogLasting(seconds, outage.Failures, outage.Reason);
                outage.LastLine = real.GetTimestamp();
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await CheckAsync();
            await Task.Delay(BetweenChecks, real, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be used: {Reason}")]
    private partial void LogBegin(string reason);

    [LoggerMessage(LogLevel.Warning,
        "The database cannot be used since {Seconds} s: {Failures} request(s) and background steps failed, the last "
        + "because: {Reason}")]
    private partial void LogLasting(int seconds, long failures, string reason);

    [LoggerMessage(LogLevel.Information,
        "The database works again after {Seconds} s, in which {Failures} request(s) and background steps failed")]
    private partial void LogEnd(int seconds, long failures);

    private sealed class Outage(long began)
    {
        public long Began => began;

        public long LastLine { get; set; }

        public long LastFailure { get; set; }

        public long Failures { get; set; }

        public string Reason { get; set; } = "";

        /// <summary>Whether the database as a whole could not be used.</summary>
        public bool IsOfAll { get; set; }
    }
}
