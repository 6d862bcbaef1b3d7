using System.Collections.Concurrent;
using MessagingServices.Server.OutgoingHttp;
using Polly;
using Polly.Retry;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Makes webhooks as Twilio does: signed, with time limits and retries by the connection overrides in the URL's fragment, following up to
/// ten redirects. See <see href="https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"/>. One instance per process
/// shares its connections.
/// </summary>
internal sealed class WebhookClient(WebhookOptions options, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(OutgoingTransport.CreateHandler(new EgressPolicy(options)));
    private readonly ConcurrentDictionary<(int Count, RetryOn Policy), ResiliencePipeline<AttemptEnd>> retries = new();

    /// <summary>
    /// Requests the webhook until it is acknowledged or the retry rule gives it up, at most for the total timeout (15 s). An error of this
    /// server gives it up too: it would come again, and the message's next webhooks would wait for ever.
    /// </summary>
    /// <param name="webhook">The webhook; its attempts so far do not count.</param>
    /// <param name="authToken">The primary Auth Token of its account.</param>
    /// <param name="stopping">Cuts the attempt off, as a crash would.</param>
    /// <param name="cookies">The cookies of its session; null for what has none.</param>
    /// <exception cref="OperationCanceledException">Cut off.</exception>
    public async Task<WebhookResult> RequestAsync(Webhook webhook, string authToken, CancellationToken stopping, CookieJar? cookies = null)
    {
        List<WebhookAttempt> attempts = [];
        var date = time.GetUtcNow();
        try
        {
            return await RequestAsync(webhook, authToken, cookies, attempts, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Its message is for the log only: it may hold anything.
            var outcome = new AttemptOutcome.Unreachable(UnreachableReason.OwnError, failure.GetType().Name);
            attempts.Add(Describe(outcome, null, date, TimeSpan.Zero));
            return new(outcome, attempts, "") { OwnError = failure };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<WebhookResult> RequestAsync(
        Webhook webhook, string authToken, CookieJar? cookies, List<WebhookAttempt> attempts, CancellationToken stopping)
    {
        var overrides = ConnectionOverrides.Parse(webhook.Url);
        using var total = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        total.CancelAfter(overrides.TotalTimeout);
        var exchange = new WebhookAttemptSender(invoker, webhook, authToken, overrides, total.Token) { Cookies = cookies };
        var resent = false;
        var last = await RetriesOf(overrides).ExecuteAsync(
            async _ =>
            {
                var end = await AttemptAsync();
                if (!exchange.MetClosingConnection || resent || end.TimeIsUp) return end;
                // Says nothing about the receiver, whatever the retry rule: the request goes out once more, recorded like any other. The
                // token tells the repeat, should the first have arrived.
                resent = true;
                return await AttemptAsync();
            }, CancellationToken.None);
        return new(last.Outcome, attempts, exchange.Signature) { Answer = exchange.Answer };

        async Task<AttemptEnd> AttemptAsync()
        {
            var date = time.GetUtcNow();
            var began = time.GetTimestamp();
            var outcome = await exchange.AttemptAsync(stopping);
            attempts.Add(Describe(outcome, exchange.StatusCode, date, time.GetElapsedTime(began)));
            return new AttemptEnd(outcome, total.IsCancellationRequested);
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
            _ => throw new InvalidOperationException($"{outcome} is no outcome of an attempt."),
        };
        return new(date, statusCode, outcome.ErrorCode, error, (long)took.TotalMilliseconds);
    }

    private sealed record AttemptEnd(AttemptOutcome Outcome, bool TimeIsUp);
}
