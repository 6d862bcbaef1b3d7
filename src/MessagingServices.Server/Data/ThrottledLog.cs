namespace MessagingServices.Server.Data;

/// <summary>
/// Logs repeated failures of one operation: the first at once, with the exception; then one line in ten seconds; then
/// the recovery. Failures in an outage of the database belong to the outage, which has lines of its own. It is
/// thread-safe.
/// </summary>
/// <param name="operation">The start of each log line, such as <c>Stage SelectSenders</c>.</param>
/// <param name="outage">Receives the failures that the database is the cause of.</param>
/// <param name="logger">Receives the lines.</param>
/// <param name="time">Real time.</param>
internal sealed partial class ThrottledLog(
    string operation, DatabaseOutage outage, ILogger logger, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly LogThrottle throttle = new(time);
    private int failures;

    public void Failed(Exception failure)
    {
        if (DatabaseErrors.IsTransient(failure))
        {
            outage.Failed(failure);
            return;
        }

        lock (gate)
        {
            failures++;
            if (throttle.IsFirst)
                LogFirst(operation, failure);
            else if (throttle.AllowsLine)
                LogRepeated(operation, failures, failure.Message);
            else
                return;
            throttle.LineWritten();
        }
    }

    public void Succeeded()
    {
        lock (gate)
        {
            if (throttle.IsFirst) return;
            LogRecovery(operation, failures);
            throttle.Reset();
            failures = 0;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Operation} failed and is retried")]
    private partial void LogFirst(string operation, Exception failure);

    [LoggerMessage(LogLevel.Warning, "{Operation} failed {Failures} times and is retried: {Reason}")]
    private partial void LogRepeated(string operation, int failures, string reason);

    [LoggerMessage(LogLevel.Information, "{Operation} works again after {Failures} failure(s)")]
    private partial void LogRecovery(string operation, int failures);
}

/// <summary>
/// Limits the lines about one repeated failure: the first at once, then one in <see cref="Interval"/>.
/// </summary>
/// <param name="time">Real time.</param>
internal sealed class LogThrottle(TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long? lastLine;

    /// <summary>Whether no line was written since the start or the last reset.</summary>
    public bool IsFirst => lastLine is null;

    public bool AllowsLine => lastLine is not { } last || time.GetElapsedTime(last) >= Interval;

    public void LineWritten() => lastLine = time.GetTimestamp();

    public void Reset() => lastLine = null;
}
