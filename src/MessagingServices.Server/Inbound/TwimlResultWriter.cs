using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Npgsql;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Records the webhooks of inbound messages: their attempts, the replies that their answers want, and the fallback that is owed when they have
/// failed are one transaction, done only while this process has the claim. So an answer is acted on once, whoever asked for it.
/// </summary>
internal sealed partial class TwimlResultWriter(
    WebhookRecorder recorded, EmulatorClock clock, ILogger<TwimlResultWriter> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ThrottledLog failures = new("Recording the answer to an inbound webhook", logger, TimeProvider.System);

    /// <summary>Records it; an outage of the database is waited for.</summary>
    /// <exception cref="OperationCanceledException">Cut off; the webhook is made again.</exception>
    public async Task RecordAsync(MadeWebhook made, CancellationToken cancellation)
    {
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks)))
        {
            try
            {
                await SaveAsync(made, cancellation);
                failures.Succeeded();
                return;
            }
            catch (PostgresException refused) when (refused.IsRowError() && WithLess(made) is { } less)
            {
                // Not stored at all it would be made again and again.
                LogNotStorable(made.Posted.Sid, refused);
                made = less;
            }
            catch (Exception failure) when (TransientErrors.IsIn(failure) && !cancellation.IsCancellationRequested)
            {
                failures.Failed(failure);
                await Task.Delay(pause, cancellation);
            }
        }
    }

    /// <summary>Without what may be at fault, step by step: the cookies, the replies, the texts; null when nothing is left to leave out.</summary>
    private static MadeWebhook? WithLess(MadeWebhook made) => made switch
    {
        { Cookies: not null } => made with { Cookies = null },
        { Replies.Count: > 0 } => made with
        {
            Replies = [],
            Posted = made.Posted with { Attempts = WithRefusals(made.Posted.Attempts, [MessagingError.InternalError.ToApiError()]) },
        },
        _ when made.Posted.Attempts.Any(attempt => attempt.Error is not null || attempt.Url is not null) => made with
        {
            Posted = made.Posted with { Attempts = [.. made.Posted.Attempts.Select(attempt => attempt with { Error = null, Url = null })] },
        },
        _ => null,
    };

    private async Task SaveAsync(MadeWebhook made, CancellationToken cancellation)
    {
        var webhook = made.Posted.Claim!.Webhook;
        await using var work = await recorded.BeginAsync(cancellation);
        var now = clock.GetUtcNow();
        var (messages, refused) = await InboundReplies.MakeAsync(work, webhook, made.Replies, now, cancellation);
        if (!await recorded.RecordAsync(work, made.Posted with { Attempts = WithRefusals(made.Posted.Attempts, refused) }, cancellation)) return;
        foreach (var message in messages) work.Batch.Send(message);
        if (made.Cookies is { } cookies)
        {
            var (handset, sender) = InboundParameters.AddressesOf(webhook.Parameters);
            work.Batch.Part<SessionRows>().Save(new SessionCookies(webhook.AccountSid, handset, sender, cookies, now));
        }

        if (made.ErrorCode is { } code && webhook.FallbackUrl is not null)
            work.Batch.Enqueue((sid, token) => webhook.Fallback(sid, token, code, made.ErrorUrl ?? webhook.Url, now)!);
        await work.CommitAsync(CancellationToken.None);
        recorded.Tell(made.Posted);
    }

    private static IReadOnlyList<WebhookAttempt> WithRefusals(IReadOnlyList<WebhookAttempt> attempts, IReadOnlyList<ApiError> refused)
    {
        if (refused.Count == 0) return attempts;
        var text = string.Join("; ", refused.Select(refusal => $"{refusal.Error.Code}: {refusal.Message}"));
        var last = attempts[^1];
        return
        [
            .. attempts.SkipLast(1),
            last with { ErrorCode = last.ErrorCode ?? refused[0].Error.Code, Error = last.Error is null ? text : $"{last.Error}; {text}" },
        ];
    }

    [LoggerMessage(LogLevel.Error, "The replies that the answer to webhook {Webhook} wants cannot be stored")]
    private partial void LogNotStorable(Sid webhook, Exception failure);
}
