using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Npgsql;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Stores results of TwiML sessions. The attempts, the replies and the fallback after a failure are one transaction,
/// which commits only while this process has the claim. So each response takes effect once.
/// </summary>
internal sealed partial class TwimlResultWriter(
    WebhookRecorder recorder, EmulatorClock clock, FailureLogs logs, ILogger<TwimlResultWriter> logger)
{
    private readonly WriteRetry retry =
        new(logs.Of<TwimlResultWriter>("Storing the result of an inbound webhook"), DatabaseErrors.IsTransient);

    /// <summary>Stores a result. During an outage of the database it retries until the end of the outage.</summary>
    /// <exception cref="OperationCanceledException">Canceled; the webhook is delivered again.</exception>
    public async Task RecordAsync(Webhook webhook, TwimlDelivery result, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await retry.RunAsync(token => SaveAsync(webhook, result, token), cancellation);
                return;
            }
            catch (PostgresException refused) when (refused.IsRowError() && Reduce(result) is { } reduced)
            {
                // Without a stored result the webhook would be delivered again and again.
                LogRejected(webhook.Sid, refused);
                result = reduced;
            }
        }
    }

    /// <summary>
    /// Leaves out the possible causes of the error, step by step: the cookies, the replies, the texts. Null if nothing
    /// is left.
    /// </summary>
    private static TwimlDelivery? Reduce(TwimlDelivery result) => result switch
    {
        { Cookies: not null } => result with { Cookies = null },
        { Replies.Count: > 0 } => result with
        {
            Replies = [],
            Delivery = WithErrors(result.Delivery, [MessagingError.InternalError.ToApiError()]),
        },
        _ when result.Delivery.Attempts.Any(attempt =>
            attempt is not { Error: null, Url: null, ResponseHeaders: null, ResponseBody: null }) =>
            result with
            {
                Delivery = result.Delivery with
                {
                    Attempts =
                    [
                        .. result.Delivery.Attempts.Select(attempt =>
                            attempt.WithoutResponse() with { Error = null, Url = null }),
                    ],
                },
            },
        _ => null,
    };

    private async Task SaveAsync(Webhook webhook, TwimlDelivery result, CancellationToken cancellation)
    {
        await using var work = await recorder.BeginAsync(cancellation);
        var now = clock.Now(webhook.AccountSid);
        var (messages, errors) = await InboundReplies.MakeAsync(work, webhook, result.Replies, now, cancellation);
        if (!await recorder.RecordAsync(work, WithErrors(result.Delivery, errors), cancellation)) return;
        foreach (var message in messages) work.Batch.Send(message);
        if (result.Cookies is { } cookies)
        {
            var (handset, sender) = InboundParameters.AddressesOf(webhook.Parameters);
            work.Batch.Part<SessionRows>().Save(new SessionCookies(webhook.AccountSid, handset, sender, cookies, now));
        }

        if (result.Delivery.ErrorCode is { } code && webhook.FallbackUrl is not null)
            work.Batch.Enqueue((sid, token) => webhook.Fallback(sid, token, code, result.ErrorUrl, now)!);
        await work.CommitAsync(CancellationToken.None);
        recorder.Committed(webhook, result.Delivery);
    }

    /// <summary>Adds errors of the replies to the last attempt.</summary>
    private static WebhookDelivery WithErrors(WebhookDelivery delivery, IReadOnlyList<ApiError> errors)
    {
        if (errors.Count == 0) return delivery;
        var text = string.Join("; ", errors.Select(error => $"{error.Error.Code}: {error.Message}"));
        var last = delivery.Response?.AddTo(delivery.Attempts[^1]) ?? delivery.Attempts[^1];
        return delivery with
        {
            Attempts =
            [
                .. delivery.Attempts.SkipLast(1),
                last with
                {
                    ErrorCode = last.ErrorCode ?? errors[0].Error.Code,
                    Error = last.Error is null ? text : $"{last.Error}; {text}",
                },
            ],
        };
    }

    [LoggerMessage(LogLevel.Error, "The database rejects the result of inbound webhook {Webhook}")]
    private partial void LogRejected(Sid webhook, Exception failure);
}
