using System.Diagnostics;
using System.Globalization;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// The way of each message as a trace, from the API call to the last callback. The trace's id is the 32 hexadecimal digits of the message's
/// SID: so the steps find their trace in whichever process and after whichever restart, and people find it by the SID. The steps stand side
/// by side, since a parent's id would have to be stored.
/// </summary>
internal sealed class MessageTracing(TimeProvider real) : IDisposable
{
    private readonly ActivitySource source = new(Instruments.Scope);

    /// <summary>Notes when something begins, and the request that it belongs to; nothing unless somebody traces.</summary>
    public TraceStart Arrive() => source.HasListeners() ? new(real.GetUtcNow(), Activity.Current?.Context ?? default) : default;

    /// <summary>Messages were stored.</summary>
    public void Accepted(IEnumerable<(Message Message, TraceStart TraceStart)> messages)
    {
        if (!source.HasListeners()) return;
        foreach (var (message, arrival) in messages) Record("accept message", new(message, message.Status, message.Status, null), arrival);
    }

    /// <summary>Messages came in, or were stored to be sent in answer.</summary>
    public void Added(IEnumerable<Message> messages, TraceStart began)
    {
        if (!source.HasListeners()) return;
        foreach (var message in messages)
            Record(message.Direction == MessageDirection.Inbound ? "receive message" : "reply", new(message, message.Status, message.Status, null), began);
    }

    /// <summary>Messages changed their status.</summary>
    public void Moved(IEnumerable<MessageMove> moves, TraceStart began)
    {
        if (!source.HasListeners()) return;
        foreach (var move in moves) Record(StepOf(move.Was, move.Status), move, began);
    }

    /// <summary>A webhook was made, by one attempt or more.</summary>
    public void Made(Webhook webhook, IReadOnlyList<WebhookAttempt> attempts)
    {
        if (!source.HasListeners()) return;
        var url = Uri.TryCreate(webhook.Url, UriKind.Absolute, out var parsed) ? parsed : null;
        for (var i = 0; i < attempts.Count; i++)
        {
            var (attempt, resends) = (attempts[i], i);
            Record(webhook.ExpectsTwiml ? "ask application" : "post status callback", ActivityKind.Client, webhook.MessageSid, new(attempt.Date, default), span =>
            {
                span.SetTag("message.status", ParameterOf(webhook, "MessageStatus")).SetTag("messaging_service.sid", ParameterOf(webhook, "MessagingServiceSid"))
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

    /// <summary>The step that leads from one status to the other.</summary>
    private static string StepOf(MessageStatus was, MessageStatus status) => (was, status) switch
    {
        (MessageStatus.Scheduled, MessageStatus.Canceled) => "cancel message",
        (MessageStatus.Accepted or MessageStatus.Scheduled, _) => "select sender",
        (MessageStatus.Queued, _) => "hand to carrier",
        _ => "carrier report",
    };

    private static string? ParameterOf(Webhook webhook, string name) => webhook.Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    private static void Fail(Activity span, int error) =>
        span.SetTag("error.type", error.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);

    private void Record(string step, MessageMove move, TraceStart began) => Record(step, ActivityKind.Internal, move.Message.Sid, began, span =>
    {
        span.SetTag("message.status", EnumNames<MessageStatus>.Of(move.Status)).SetTag("messaging_service.sid", move.Message.MessagingServiceSid?.Value);
        if (move.ErrorCode is { } code) Fail(span, code);
        span.SetEndTime(real.GetUtcNow().UtcDateTime);
    });

    private void Record(string step, ActivityKind kind, Sid message, TraceStart began, Action<Activity> describe)
    {
        var trace = new ActivityContext(ActivityTraceId.CreateFromString(message.Value.AsSpan(2)), default, ActivityTraceFlags.Recorded);
        // A current activity would become the parent, though it is of another trace.
        var current = Activity.Current;
        Activity.Current = null;
        using (var span = source.StartActivity(step, kind, trace, null, began.Request == default ? null : [new(began.Request)], began.Date))
        {
            if (span is not null) describe(span.SetTag("message.sid", message.Value));
        }

        Activity.Current = current;
    }
}

/// <summary>When something began, in real time, and the request that it belongs to, if any; nothing of it unless somebody traces.</summary>
/// <param name="Date">When.</param>
/// <param name="Request">The request's own activity.</param>
internal readonly record struct TraceStart(DateTimeOffset Date, System.Diagnostics.ActivityContext Request);
