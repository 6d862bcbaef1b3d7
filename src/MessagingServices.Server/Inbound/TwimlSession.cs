using MessagingServices.Server.Engine;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Sends the webhook of an inbound message and follows the redirects of its TwiML documents, for up to a minute.
/// Source: https://www.twilio.com/docs/messaging/twiml.
/// </summary>
internal sealed class TwimlSession(
    WebhookClient client, IDbContextFactory<MessagingDb> databases, EmulatorClock clock, TimeProvider time)
{
    /// <summary>The session requests no document later than this after the first one.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Runs the session to its end. If a document fails, the replies of earlier ones stay, as at Twilio.
    /// </summary>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public async Task<TwimlDelivery> RunAsync(ClaimedWebhook claim, CancellationToken cancellation)
    {
        var document = claim.Webhook;
        var cookies = await ReadCookiesAsync(document, cancellation);
        var began = time.GetTimestamp();
        List<WebhookAttempt> attempts = [];
        List<TwimlMessage> replies = [];
        for (var documents = 1; ; documents++)
        {
            var delivery = await client.SendAsync(document, claim.AuthToken, cancellation, cookies, Twiml.MaxBytes);
            var url = documents > 1 ? document.Url : null;
            DropResponses(exceptLastError: delivery.Attempts.All(attempt => attempt.ErrorCode is null));
            attempts.AddRange(delivery.Attempts.Select(attempt => AsRetrieval(attempt, url)));
            if (delivery.Outcome == WebhookOutcome.Failed) return End(delivery, attempts[^1].ErrorCode);
            switch (Read(delivery.Response!))
            {
                case TwimlResult.Invalid invalid:
                    return Fail(delivery, invalid.Code, invalid.Detail);
                case TwimlResult.Document content:
                    foreach (var warning in content.Warnings) Note(delivery, warning.Code, warning.What);
                    var (sent, dropped) = TwimlLimits.Apply(content.Messages, replies.Count);
                    replies.AddRange(sent);
                    if (dropped is not null) Note(delivery, dropped.Code, dropped.What);
                    if (content.Redirect is not { } redirect) return End(delivery, null);
                    if (documents == TwimlLimits.MaxDocuments)
                    {
                        return Fail(delivery, MessagingError.DocumentLimitReached.Code,
                            $"More than {TwimlLimits.MaxDocuments} documents");
                    }

                    if (time.GetElapsedTime(began) > MaxDuration)
                    {
                        return Fail(delivery, MessagingError.RetrievalTimeout.Code,
                            $"The documents together take more than {MaxDuration.TotalSeconds:0} s");
                    }

                    document = claim.Webhook.RedirectedTo(redirect.Url, redirect.Method, documents);
                    break;
                default:
                    throw new InvalidOperationException("Neither a document nor an invalid response.");
            }
        }

        TwimlDelivery Fail(WebhookDelivery last, int code, string detail)
        {
            Note(last, code, detail, isFatal: true);
            return End(last, code);
        }

        TwimlDelivery End(WebhookDelivery last, int? errorCode) => new(
            last with
            {
                Claim = claim,
                Attempts = attempts,
                Outcome = errorCode is null ? WebhookOutcome.Delivered : WebhookOutcome.Failed,
                ErrorCode = errorCode,
                // The response of another endpoint says nothing about the health of this one.
                HasResponded = document == claim.Webhook ? last.HasResponded : null,
            },
            replies, RequestSignature.SignedPart(document.Url), cookies.NeedsSaving ? cookies.All : null);

        // A session may have 50 documents.
        void DropResponses(bool exceptLastError)
        {
            var kept = exceptLastError ? attempts.FindLastIndex(attempt => attempt.ErrorCode is not null) : -1;
            for (var i = 0; i < attempts.Count; i++) if (i != kept) attempts[i] = attempts[i].WithoutResponse();
        }

        // The HTTP response was successful, but its content has an error.
        void Note(WebhookDelivery from, int code, string detail, bool isFatal = false)
        {
            DropResponses(exceptLastError: false);
            var last = from.Response!.AddTo(attempts[^1]);
            attempts[^1] = last with
            {
                ErrorCode = isFatal ? code : last.ErrorCode ?? code,
                Error = last.Error is null ? $"{code}: {detail}" : $"{last.Error}; {code}: {detail}",
            };
        }
    }

    /// <summary>Makes the request of an acknowledged webhook again. Its TwiML has no effect.</summary>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public async Task<WebhookDelivery> RepeatAsync(ClaimedWebhook claim, CancellationToken cancellation) =>
        await client.RepeatAsync(
            claim.Webhook, claim.AuthToken, cancellation, await ReadCookiesAsync(claim.Webhook, cancellation)) with
        {
            Claim = claim,
        };

    private async Task<CookieJar> ReadCookiesAsync(Webhook webhook, CancellationToken cancellation)
    {
        var (handset, sender) = InboundParameters.AddressesOf(webhook.Parameters);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var stored = await db.SessionCookies.AsNoTracking().SingleOrDefaultAsync(
            c => c.AccountSid == webhook.AccountSid && c.Handset == handset && c.Sender == sender, cancellation);
        return new(stored is not null && stored.Expires > clock.Now(webhook.AccountSid) ? stored.Cookies : []);
    }

    private static TwimlResult Read(WebhookResponse response) => response.IsEncoded
        ? new TwimlResult.Invalid(MessagingError.InvalidContentType.Code, "The response has a Content-Encoding")
        : Twiml.Read(response.ContentType, response.Body, response.Url);

    /// <summary>An HTTP error is an error of retrieval here, not of a callback.</summary>
    private static WebhookAttempt AsRetrieval(WebhookAttempt attempt, string? url) => attempt with
    {
        Url = url,
        ErrorCode = attempt is { StatusCode: >= 400 } ? MessagingError.RetrievalFailure.Code : attempt.ErrorCode,
    };
}
