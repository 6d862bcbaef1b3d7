namespace MessagingServices.Server.Data;

/// <summary>Makes the logs of operations that are repeated until they succeed.</summary>
internal sealed class FailureLogs(DatabaseOutage outage, TimeProvider real, ILoggerFactory loggers)
{
    /// <summary>Makes the log of one operation.</summary>
    /// <typeparam name="T">The class whose log it is.</typeparam>
    /// <param name="operation">The start of each log line, such as <c>Stage SelectSenders</c>.</param>
    public ThrottledLog Of<T>(string operation) => new(operation, outage, loggers.CreateLogger<T>(), real);

    /// <summary>Makes the log of a class for its other lines.</summary>
    public ILogger Of<T>() => loggers.CreateLogger<T>();
}
