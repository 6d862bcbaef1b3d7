using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// Metrics and traces of messages. Everything is recorded after its commit, so that a metric never counts a transaction
/// that was rolled back.
/// </summary>
internal sealed class MessageTelemetry
{
    /// <summary>
    /// The error codes with a label of their own. All others share one label, because a carrier rule may have any code,
    /// and a label must have few values.
    /// </summary>
    private static readonly FrozenDictionary<int, string> Codes = typeof(MessagingError)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<MessagingError>().Select(error => error.Code).Distinct()
        .ToFrozenDictionary(code => code, code => code.ToString(CultureInfo.InvariantCulture));

    private readonly MessageTracing tracing;
    private readonly Meter meter;
    private readonly Counter<long> accepted;
    private readonly Counter<long> received;
    private readonly Counter<long> replied;
    private readonly Counter<long> refused;
    private readonly Counter<long> statusChanges;
    private readonly Counter<long> failed;
    private readonly Counter<long> removed;
    private readonly Histogram<double> commits;
    private readonly Histogram<int> batches;

    public MessageTelemetry(IMeterFactory meters, MessageTracing tracing)
    {
        this.tracing = tracing;
        meter = meters.Ours();
        accepted = meter.Counts("messages.accepted", "message", "Messages that API requests created");
        received = meter.Counts("messages.received", "message", "Inbound messages that were stored");
        replied = meter.Counts("messages.replied", "message",
            "Replies to inbound messages, and messages of conversations");
        refused = meter.Counts("messages.refused", "message", "Valid messages that could not be stored");
        statusChanges = meter.Counts("message.status_changes", "change", "Changes of a message's status");
        failed = meter.Counts("messages.failed", "message", "Messages that failed or were undelivered");
        removed = meter.Counts("messages.removed", "message", "Old messages that were removed");
        commits = meter.Durations("intake.commit.duration", "Duration of a group commit of new messages");
        batches = meter.Sizes("intake.batch.size", "message", "Messages of a group commit");
    }

    /// <inheritdoc cref="MessageTracing.Start"/>
    public TraceStart Start() => tracing.Start();

    /// <summary>Adds the gauge of messages that wait for their group commit.</summary>
    public void WatchPending(Func<int> pending) => meter.CreateObservableGauge(
        "messaging_services.intake.waiting", pending, "{message}", "New messages that wait for their group commit");

    /// <summary>Records new messages of one group commit.</summary>
    public void Accepted(int count, TimeSpan took, IEnumerable<(Message Message, TraceStart TraceStart)> messages)
    {
        accepted.Add(count);
        commits.Record(took.TotalSeconds);
        batches.Record(count);
        tracing.Accepted(messages);
    }

    /// <summary>Records inbound messages and replies.</summary>
    public void Added(IReadOnlyList<Message> messages, TraceStart start)
    {
        foreach (var message in messages) (message.Direction == MessageDirection.Inbound ? received : replied).Add(1);
        tracing.Added(messages, start);
    }

    /// <summary>Records messages that were not stored.</summary>
    public void Refused(MessagingError error, int count = 1) =>
        refused.Add(count, new KeyValuePair<string, object?>("error_code", CodeOf(error.Code)));

    /// <summary>Records changes of status that one transaction committed.</summary>
    public void Moved(IReadOnlyList<MessageMove> moves, TraceStart start)
    {
        foreach (var move in moves)
        {
            var status = new KeyValuePair<string, object?>("status", EnumNames<MessageStatus>.Of(move.Status));
            statusChanges.Add(1, status);
            if (move.ErrorCode is { } code) failed.Add(1, status, new("error_code", CodeOf(code)));
        }

        tracing.Moved(moves, start);
    }

    public void Removed(int count) => removed.Add(count);

    private static string CodeOf(int code) => Codes.GetValueOrDefault(code, "other");
}
