using System.Diagnostics.Metrics;
using System.Globalization;

namespace MessagingServices.Server.Telemetry;

/// <summary>Metrics and traces of webhooks.</summary>
internal sealed class WebhookTelemetry
{
    private readonly MessageTracing tracing;
    private readonly Counter<long> ended;
    private readonly Histogram<double> attemptDurations;

    public WebhookTelemetry(IMeterFactory meters, MessageTracing tracing)
    {
        this.tracing = tracing;
        var meter = meters.Ours();
        ended = meter.Counts("webhooks.ended", "webhook", "Webhooks that were delivered, failed or dropped");
        attemptDurations = meter.Durations("webhook.attempt.duration", "Duration of a webhook attempt");
    }

    /// <summary>Records the end of a webhook. Call it after the commit.</summary>
    /// <param name="webhook">The webhook; null if it was removed.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="attempts">The attempts of this delivery.</param>
    public void Recorded(Webhook? webhook, WebhookOutcome outcome, IReadOnlyList<WebhookAttempt> attempts)
    {
        // Without an attempt: the webhook or its account was removed while it was pending.
        var label = attempts.Count == 0 ? "dropped" : EnumNames<WebhookOutcome>.Of(outcome);
        ended.Add(1, new KeyValuePair<string, object?>("outcome", label));
        foreach (var attempt in attempts)
        {
            var result = new KeyValuePair<string, object?>("result", ResultOf(attempt));
            attemptDurations.Record(attempt.DurationMs / 1000.0, result);
        }

        if (webhook is not null) tracing.Delivered(webhook, attempts);
    }

    /// <summary>The class of the HTTP status; without a response, Twilio's error code.</summary>
    private static string ResultOf(WebhookAttempt attempt) => attempt.StatusCode switch
    {
        >= 100 and < 200 => "1xx",
        >= 200 and < 300 => "2xx",
        >= 300 and < 400 => "3xx",
        >= 400 and < 500 => "4xx",
        >= 500 and < 600 => "5xx",
        not null => "other",
        null => attempt.ErrorCode?.ToString(CultureInfo.InvariantCulture) ?? "other",
    };
}
