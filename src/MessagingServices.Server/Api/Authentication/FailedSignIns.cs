using System.Diagnostics.Metrics;
using System.Net;
using MessagingServices.Server.Telemetry;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// Counts requests with wrong credentials, and logs at most one of them a second: who guesses tokens must not fill the
/// log. The line has the caller's address, and nothing of the credentials.
/// </summary>
internal sealed partial class FailedSignIns(
    IMeterFactory meters, TimeProvider time, ILogger<FailedSignIns> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Counter<long> counter =
        meters.Ours().Counts("sign_ins.failed", "request", "Requests with wrong credentials");

    private readonly Lock gate = new();
    private long? lastLine;
    private int unlogged;

    /// <summary>A request had wrong credentials.</summary>
    /// <param name="caller">The address that it came from.</param>
    /// <param name="requestId">The SID of the request.</param>
    public void Add(IPAddress? caller, Sid requestId)
    {
        counter.Add(1);
        lock (gate)
        {
            unlogged++;
            if (lastLine is { } last && time.GetElapsedTime(last) < Interval) return;
            lastLine = time.GetTimestamp();
            LogFailed(caller, requestId, unlogged);
            unlogged = 0;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Wrong credentials from {Caller} ({RequestId}), in {Requests} request(s) since the last such line")]
    private partial void LogFailed(IPAddress? caller, Sid requestId, int requests);
}
