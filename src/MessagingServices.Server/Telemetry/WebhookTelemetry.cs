using System.Diagnostics.Metrics;
using System.Globalization;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Telemetry;

/// <summary>What becomes of webhooks, told once it is recorded.</summary>
internal sealed class WebhookTelemetry
{
    private readonly MessageTracing tracing;
    private readonly Counter<long> ended;
    private readonly Histogram<double> attempts;

    /// <summary>Makes the instruments.</summary>
    public WebhookTelemetry(IMeterFactory meters, MessageTracing tracing)
    {
        this.tracing = tracing;
        var meter = meters.Ours();
        ended = meter.Counts("webhooks.ended", "webhook", "Webhooks that were acknowledged or given up");
        attempts = meter.Durations("webhook.attempt.duration", "How long each attempt at a webhook took");
    }

    /// <summary>Webhooks have ended, and that is committed.</summary>
    public void Recorded(IEnumerable<PostedWebhook> webhooks)
    {
        foreach (var webhook in webhooks)
        {
            // Without an attempt: the webhook or its account was removed while it waited.
            var outcome = webhook.Attempts.Count == 0 ? "dropped" : EnumNames<WebhookOutcome>.Of(webhook.Outcome);
            ended.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
            foreach (var attempt in webhook.Attempts)
                attempts.Record(attempt.DurationMs / 1000.0, new KeyValuePair<string, object?>("result", ResultOf(attempt)));
            if (webhook.Claim is { } claim) tracing.Made(claim.Webhook, webhook.Attempts);
        }
    }

    /// <summary>The class of the answer's status; where no answer came, Twilio's code for why.</summary>
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
