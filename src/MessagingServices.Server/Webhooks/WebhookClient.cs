using System.Collections.Concurrent;
using MessagingServices.Server.OutgoingHttp;
using Polly;
using Polly.Retry;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Sends webhooks as Twilio does: signed, with the timeouts and retries of the connection overrides in the URL's
/// fragment, and up to ten redirects. One instance shares its connections in the whole process. See
/// <see href="https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"/>.
/// </summary>
internal sealed class WebhookClient(WebhookOptions options, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker pooled = new(OutgoingTransport.CreateHandler(new EgressPolicy(options)));
    private readonly HttpMessageInvoker unpooled =
        new(OutgoingTransport.CreateHandler(new EgressPolicy(options), isPooled: false));

    private readonly ConcurrentDictionary<(int Count, RetryOn Policy), ResiliencePipeline<AttemptEnd>> retries = new();

    /// <summary>
    /// Sends a webhook until it is acknowledged or its retries are exhausted, at most for the total timeout (15 s). An
    /// error of this server ends the retries too: it would repeat, and the message's next webhooks would wait forever.
    /// </summary>
    /// <param name="webhook">The webhook; its earlier attempts do not count.</param>
    /// <param name="authToken">The primary Auth Token of its account.</param>
    /// <param name="cancellation">Ends the attempt without a result, like a crash.</param>
    /// <param name="cookies">The cookies of its session; null to send and keep none.</param>
    /// <param name="maxBody">
    /// How many bytes of a successful response to read; one more shows that there are more. 0 to read none.
    /// </param>
    /// <param name="isRetried">Whether the retry rule of the URL applies.</param>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public async Task<WebhookDelivery> SendAsync(
        Webhook webhook, string authToken, CancellationToken cancellation, CookieJar? cookies = null, int maxBody = 0,
        bool isRetried = true)
    {
        List<WebhookAttempt> attempts = [];
        var date = time.GetUtcNow();
        try
        {
            var overrides = ConnectionOverrides.Parse(webhook.Url);
            if (!isRetried) overrides = overrides with { RetryCount = 0 };
            using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            total.CancelAfter(overrides.TotalTimeout);
            var sender = new WebhookAttemptSender(webhook, authToken, overrides, total.Token)
            {
                Cookies = cookies,
                MaxBody = maxBody,
            };
            var last = await SendAsync(sender, RetriesOf(overrides), attempts, cancellation);
            return WebhookDelivery.Of(webhook.Sid, last, attempts) with
            {
                Signature = sender.Signature,
                Response = sender.Response,
            };
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The message of the exception may contain secrets, so only the log gets it.
            var outcome = new AttemptOutcome.Unreachable(UnreachableReason.OwnError, failure.GetType().Name);
            attempts.Add(Describe(outcome, null, date, TimeSpan.Zero));
            return WebhookDelivery.Of(webhook.Sid, outcome, attempts) with
            {
                Signature = "",
                HasResponded = null,
                ServerError = failure,
            };
        }
    }

    /// <summary>Makes the request of an acknowledged webhook again, once: nothing follows from its response.</summary>
    /// <inheritdoc cref="SendAsync(Webhook, string, CancellationToken, CookieJar?, int, bool)"/>
    public async Task<WebhookDelivery> RepeatAsync(
        Webhook webhook, string authToken, CancellationToken cancellation, CookieJar? cookies = null) =>
        (await SendAsync(webhook, authToken, cancellation, cookies, isRetried: false)).AsRepetition();

    /// <inheritdoc/>
    public void Dispose()
    {
        pooled.Dispose();
        unpooled.Dispose();
    }

    private async Task<AttemptOutcome> SendAsync(
        WebhookAttemptSender sender, ResiliencePipeline<AttemptEnd> retry, List<WebhookAttempt> attempts,
        CancellationToken cancellation)
    {
        var resent = false;
        var last = await retry.ExecuteAsync(
            async _ =>
            {
                var end = await AttemptAsync(pooled);
                if (!sender.MetClosingConnection || resent || end.TimeIsUp) return end;
                // A closing connection says nothing about the receiver, so the request is repeated once, independent of
                // the retry rule. The idempotency token shows the receiver the repeat. A receiver that closes one
                // connection often closes all, so the repeat gets a new one.
                resent = true;
                return await AttemptAsync(unpooled);
            }, CancellationToken.None);
        return last.Outcome;

        async Task<AttemptEnd> AttemptAsync(HttpMessageInvoker invoker)
        {
            var date = time.GetUtcNow();
            var began = time.GetTimestamp();
            var outcome = await sender.AttemptAsync(invoker, cancellation);
            var attempt = Describe(outcome, sender.StatusCode, date, time.GetElapsedTime(began));
            if (outcome.ErrorCode is not null && attempts.Count > 0) attempts[^1] = attempts[^1].WithoutResponse();
            attempts.Add(sender.ShownResponse?.AddTo(attempt) ?? attempt);
            return new AttemptEnd(outcome, sender.TimeIsUp);
        }
    }

    private ResiliencePipeline<AttemptEnd> RetriesOf(ConnectionOverrides overrides) =>
        retries.GetOrAdd((overrides.RetryCount, overrides.RetryOn), static rule => rule.Count == 0
            ? ResiliencePipeline<AttemptEnd>.Empty
            : new ResiliencePipelineBuilder<AttemptEnd>().AddRetry(new RetryStrategyOptions<AttemptEnd>
            {
                MaxRetryAttempts = rule.Count,
                Delay = TimeSpan.Zero,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { TimeIsUp: false } end && end.Outcome.IsRetriedBy(rule.Policy)),
            }).Build());

    private static WebhookAttempt Describe(AttemptOutcome outcome, int? statusCode, DateTimeOffset date, TimeSpan took)
    {
        var error = outcome switch
        {
            AttemptOutcome.Acknowledged => null,
            AttemptOutcome.Rejected rejected => $"HTTP status {rejected.StatusCode}",
            AttemptOutcome.Unreachable unreachable => unreachable.Detail,
            _ => throw new InvalidOperationException($"{outcome} is not the outcome of an attempt."),
        };
        return new(date, statusCode, outcome.ErrorCode, error, (long)took.TotalMilliseconds);
    }

    private sealed record AttemptEnd(AttemptOutcome Outcome, bool TimeIsUp);
}
