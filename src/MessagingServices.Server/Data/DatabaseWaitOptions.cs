using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Data;

/// <summary>How long requests wait for the database.</summary>
[Section("Database", "How long requests wait for the database.", See = "deployment.md#when-the-database-suffers")]
internal sealed class DatabaseWaitOptions
{
    [Setting("How long a request waits for a database that does not answer, or for a lock in it, in milliseconds. Then "
        + "the response is 503 (20503). Resets, moves of the clock and `Messages/Wait` wait as long as they need.")]
    [Range(100, 60_000)]
    public int RequestTimeoutMs { get; init; } = 9500;

    /// <summary>The longest wait of a request.</summary>
    public TimeSpan RequestTimeout() => TimeSpan.FromMilliseconds(RequestTimeoutMs);
}
