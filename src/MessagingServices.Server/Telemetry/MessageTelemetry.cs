using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// What becomes of messages, as numbers and, when somebody traces, as spans. Everything is told after its commit, so that a number never
/// counts what was rolled back.
/// </summary>
internal sealed class MessageTelemetry
{
    /// <summary>A label has few values: a carrier rule may name any code, so those that are no error of ours are one.</summary>
    private static readonly FrozenDictionary<int, string> Codes = typeof(MessagingError).GetFields(BindingFlags.Public | BindingFlags.Static)
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

    /// <summary>Makes the instruments.</summary>
    public MessageTelemetry(IMeterFactory meters, MessageTracing tracing)
    {
        this.tracing = tracing;
        meter = meters.Ours();
        accepted = meter.Counts("messages.accepted", "message", "Messages that were stored and answered with 201");
        received = meter.Counts("messages.received", "message", "Messages that came in from handsets and were stored");
        replied = meter.Counts("messages.replied", "message", "Messages that were stored to be sent in answer to those that came in");
        refused = meter.Counts("messages.refused", "message", "Messages that were well-formed but could not be stored");
        statusChanges = meter.Counts("message.status_changes", "change", "Messages that reached a status after their first");
        failed = meter.Counts("messages.failed", "message", "Messages that failed or were undelivered");
        removed = meter.Counts("messages.removed", "message", "Old messages that were removed");
        commits = meter.Durations("intake.commit.duration", "How long it took to store the messages of concurrent requests");
        batches = meter.Sizes("intake.batch.size", "message", "How many messages were stored together");
    }

    /// <summary>Notes when something begins, and which request it belongs to; nothing unless somebody traces.</summary>
    public TraceStart Arrive() => tracing.Arrive();

    /// <summary>How many messages wait to be stored is asked for at every scrape.</summary>
    public void WatchIntake(Func<int> waiting) =>
        meter.CreateObservableGauge("messaging_services.intake.waiting", waiting, "{message}", "Messages of requests that wait to be stored");

    /// <summary>Messages were stored by one commit.</summary>
    public void Accepted(int count, TimeSpan took, IEnumerable<(Message Message, TraceStart TraceStart)> messages)
    {
        accepted.Add(count);
        commits.Record(took.TotalSeconds);
        batches.Record(count);
        tracing.Accepted(messages);
    }

    /// <summary>Messages came in, or are sent without a request of their own.</summary>
    public void Added(IReadOnlyList<Message> messages, TraceStart began)
    {
        foreach (var message in messages) (message.Direction == MessageDirection.Inbound ? received : replied).Add(1);
        tracing.Added(messages, began);
    }

    /// <summary>Messages were not stored.</summary>
    public void Refused(MessagingError error, int count = 1) => refused.Add(count, new KeyValuePair<string, object?>("error_code", CodeOf(error.Code)));

    /// <summary>Messages changed their status in one commit that began then.</summary>
    public void Moved(IReadOnlyList<MessageMove> moves, TraceStart began)
    {
        foreach (var move in moves)
        {
            var status = new KeyValuePair<string, object?>("status", EnumNames<MessageStatus>.Of(move.Status));
            statusChanges.Add(1, status);
            if (move.ErrorCode is { } code) failed.Add(1, status, new("error_code", CodeOf(code)));
        }

        tracing.Moved(moves, began);
    }

    /// <summary>Old messages were removed.</summary>
    public void Removed(int count) => removed.Add(count);

    private static string CodeOf(int code) => Codes.GetValueOrDefault(code, "other");
}
