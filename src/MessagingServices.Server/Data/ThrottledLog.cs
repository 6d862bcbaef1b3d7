namespace MessagingServices.Server.Data;

/// <summary>
/// Logs a failure that lasts without filling the log: its beginning, with the exception unless the database is out, then at most one line
/// in ten seconds, then that it is over. For one piece of work that is tried again and again, by one task at a time.
/// </summary>
/// <param name="work">What is tried, as the beginning of a sentence.</param>
/// <param name="logger">Where to.</param>
/// <param name="time">Real time.</param>
internal sealed partial class ThrottledLog(string work, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private long? lastLine;
    private int failures;

    /// <summary>It failed.</summary>
    public void Failed(Exception failure)
    {
        failures++;
        // Where an outage was met tells nothing; that of a defect does.
        if (lastLine is null && TransientErrors.IsTransient(failure)) LogOutage(work, failure.GetBaseException().Message);
        else if (lastLine is not { } last) LogBeginning(work, failure);
        else if (time.GetElapsedTime(last) >= Silence) LogStillFailing(work, failures, failure.Message);
        else return;
        lastLine = time.GetTimestamp();
    }

    /// <summary>It did not fail.</summary>
    public void Succeeded()
    {
        if (lastLine is null) return;
        LogOver(work, failures);
        lastLine = null;
        failures = 0;
    }

    [LoggerMessage(LogLevel.Error, "{Work} failed and is tried again")]
    private partial void LogBeginning(string work, Exception failure);

    [LoggerMessage(LogLevel.Warning, "{Work} waits for the database: {Reason}")]
    private partial void LogOutage(string work, string reason);

    [LoggerMessage(LogLevel.Warning, "{Work} failed {Failures} times and is tried again: {Reason}")]
    private partial void LogStillFailing(string work, int failures, string reason);

    [LoggerMessage(LogLevel.Information, "{Work} works again after {Failures} failure(s)")]
    private partial void LogOver(string work, int failures);
}
