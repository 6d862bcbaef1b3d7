using System.Diagnostics;
using System.Globalization;
using MessagingServices.Testing.Http;
using MessagingServices.Testing.Reports;

namespace MessagingServices.Testing.Messages;

/// <summary>Waits until a message has had a status.</summary>
internal sealed class StatusWait(EmulatorApi api, MessageStore messages)
{
    private const double MaxRestMs = 250;

    private static readonly string[] Statuses =
    [
        "accepted", "scheduled", "queued", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "read",
        "receiving", "received",
    ];

    /// <summary>Waits; fails at once when the status can no longer come.</summary>
    public async Task<EmulatedMessage> WaitAsync(string sid, string status, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero, nameof(timeout));
        if (!Statuses.Contains(status, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException($"\"{status}\" is no status: {string.Join(", ", Statuses)}.", nameof(status));
        var began = Stopwatch.GetTimestamp();
        for (var rest = 10.0; ; rest = Math.Min(rest * 1.5, MaxRestMs))
        {
            var timeline = await messages.TimelineAsync(sid).ConfigureAwait(false)
                ?? throw new EmulatorException($"The account {api.Credentials.Sid} has no message {sid}.");
            List<string> had =
            [
                .. timeline.GetProperty("statuses").EnumerateArray()
                    .Select(change => change.GetProperty("status").GetString()!),
            ];
            if (had.Contains(status, StringComparer.OrdinalIgnoreCase))
                return await FoundAsync(sid).ConfigureAwait(false);
            var left = timeout - Stopwatch.GetElapsedTime(began);
            if (HasEnded(had, status) || left <= TimeSpan.Zero)
                throw await FailedAsync(sid, status, had, timeout).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(rest, left.TotalMilliseconds)), api.Options.Token)
                .ConfigureAwait(false);
        }
    }

    private static bool HasEnded(List<string> had, string status) =>
        had.LastOrDefault() is "undelivered" or "failed" or "canceled" or "received" or "read"
        || (had.LastOrDefault() is "delivered" && !status.Equals("read", StringComparison.OrdinalIgnoreCase));

    private async Task<EmulatedMessage> FoundAsync(string sid) => await messages.WithExtractsAsync(
        await messages.FindAsync(sid).ConfigureAwait(false)
        ?? throw new EmulatorException($"The message {sid} was deleted.")).ConfigureAwait(false);

    private async Task<EmulatorException> FailedAsync(string sid, string status, List<string> had, TimeSpan timeout)
    {
        var how = HasEnded(had, status)
            ? $"will not be {status}: it is {had[^1]}"
            : $"is not {status} after {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s";
        return new($"The message {sid} {how}.\n"
            + await new Report(api, messages).OfMessageAsync(sid).ConfigureAwait(false));
    }
}
