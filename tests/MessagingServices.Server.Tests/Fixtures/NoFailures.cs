using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The logs of failures for parts of the server that tests make by hand.</summary>
internal static class NoFailures
{
    /// <summary>Nobody reads them.</summary>
    public static FailureLogs Logs { get; } = new(Outage(), TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>An outage whose lines go nowhere.</summary>
    public static DatabaseOutage Outage() => new(
        new(NpgsqlDataSource.Create("Host=nowhere"), TimeProvider.System), TimeProvider.System,
        NullLogger<DatabaseOutage>.Instance);
}
