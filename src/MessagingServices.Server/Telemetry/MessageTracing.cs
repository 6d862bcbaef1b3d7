using System.Diagnostics;
using System.Globalization;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// A trace of each message, from the API call to the last callback. The trace's id is the 32 hexadecimal digits of the
/// message's SID. So every server finds the trace of a message, also after a restart, and so do people. All spans are
/// root spans, because the database does not store the id of a parent.
/// </summary>
internal sealed class MessageTracing(TimeProvider real) : IDisposable
{
    private readonly ActivitySource source = new(Instruments.Scope);

    /// <summary>The time and the current request, for the start of a span; empty if tracing is off.</summary>
    public TraceStart Start() =>
        source.HasListeners() ? new(real.GetUtcNow(), Activity.Current?.Context ?? default) : default;

    /// <summary>Records new messages of API requests.</summary>
    public void Accepted(IEnumerable<(Message Message, TraceStart TraceStart)> messages)
    {
        if (!source.HasListeners()) return;
        foreach (var (message, start) in messages)
            Record("accept message", new(message, message.Status, message.Status, null), start);
    }

    /// <summary>Records inbound messages and replies.</summary>
    public void Added(IEnumerable<Message> messages, TraceStart start)
    {
        if (!source.HasListeners()) return;
        foreach (var message in messages)
        {
            var name = message.Direction == MessageDirection.Inbound ? "receive message" : "reply";
            Record(name, new(message, message.Status, message.Status, null), start);
        }
    }

    /// <summary>Records changes of status.</summary>
    public void Moved(IEnumerable<MessageMove> moves, TraceStart start)
    {
        if (!source.HasListeners()) return;
        foreach (var move in moves) Record(NameOf(move.Was, move.Status), move, start);
    }

    /// <summary>Records the attempts of a webhook.</summary>
    public void Delivered(Webhook webhook, IReadOnlyList<WebhookAttempt> attempts)
    {
        if (!source.HasListeners()) return;
        var url = Uri.TryCreate(webhook.Url, UriKind.Absolute, out var parsed) ? parsed : null;
        for (var i = 0; i < attempts.Count; i++)
        {
            var (attempt, resends) = (attempts[i], i);
            Record(NameOf(webhook.Kind), ActivityKind.Client, webhook.MessageSid, new(attempt.Date, default), span =>
            {
                span.SetTag("message.status", ParameterOf(webhook, "MessageStatus"))
                    .SetTag("messaging_service.sid", ParameterOf(webhook, "MessagingServiceSid"))
                    .SetTag("webhook.sid", webhook.Sid.Value).SetTag("http.request.method", webhook.Method)
                    .SetTag("server.address", url?.Host).SetTag("server.port", url?.Port)
                    .SetTag("http.response.status_code", attempt.StatusCode);
                if (resends > 0) span.SetTag("http.request.resend_count", resends);
                if (attempt.ErrorCode is { } code) Fail(span, attempt.StatusCode ?? code);
                span.SetEndTime(attempt.Date.UtcDateTime.AddMilliseconds(attempt.DurationMs));
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private static string NameOf(MessageStatus was, MessageStatus status) => (was, status) switch
    {
        (MessageStatus.Scheduled, MessageStatus.Canceled) => "cancel message",
        (MessageStatus.Accepted or MessageStatus.Scheduled, _) => "select sender",
        (MessageStatus.Queued, _) => "hand to carrier",
        _ => "carrier report",
    };

    private static string NameOf(WebhookKind kind) => kind switch
    {
        WebhookKind.StatusCallback => "deliver status callback",
        WebhookKind.Inbound => "deliver inbound webhook",
        WebhookKind.Fallback => "deliver fallback webhook",
        WebhookKind.Conversation => "deliver conversation webhook",
    };

    private static string? ParameterOf(Webhook webhook, string name) =>
        webhook.Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    private static void Fail(Activity span, int error) =>
        span.SetTag("error.type", error.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);

    private void Record(string name, MessageMove move, TraceStart start) =>
        Record(name, ActivityKind.Internal, move.Message.Sid, start, span =>
        {
            span.SetTag("message.status", EnumNames<MessageStatus>.Of(move.Status))
                .SetTag("messaging_service.sid", move.Message.MessagingServiceSid?.Value);
            if (move.ErrorCode is { } code) Fail(span, code);
            span.SetEndTime(real.GetUtcNow().UtcDateTime);
        });

    private void Record(string name, ActivityKind kind, Sid message, TraceStart start, Action<Activity> describe)
    {
        var id = ActivityTraceId.CreateFromString(message.Value.AsSpan(2));
        var trace = new ActivityContext(id, default, ActivityTraceFlags.Recorded);
        ActivityLink[]? links = start.Request == default ? null : [new(start.Request)];
        // The current activity belongs to another trace, and would become the parent.
        var current = Activity.Current;
        Activity.Current = null;
        using (var span = source.StartActivity(name, kind, trace, null, links, start.Date))
        {
            if (span is not null) describe(span.SetTag("message.sid", message.Value));
        }

        Activity.Current = current;
    }
}

/// <summary>The start of a span; empty if tracing is off.</summary>
/// <param name="Date">The start, in real time.</param>
/// <param name="Request">The API request that started it; empty without one.</param>
internal readonly record struct TraceStart(DateTimeOffset Date, System.Diagnostics.ActivityContext Request);
