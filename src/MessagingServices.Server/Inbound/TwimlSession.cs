using MessagingServices.Server.Engine;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Requests the webhook of an inbound message and follows what its answers say, document by document, for up to a minute. Source:
/// https://www.twilio.com/docs/messaging/twiml.
/// </summary>
internal sealed class TwimlSession(WebhookClient client, IDbContextFactory<MessagingDb> databases, EmulatorClock clock, TimeProvider time)
{
    /// <summary>No document is asked for later than this after the first.</summary>
    private static readonly TimeSpan LongestSession = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end. What earlier documents wanted sent stays wanted when a later one fails, as at Twilio.</summary>
    /// <exception cref="OperationCanceledException">Cut off.</exception>
    public async Task<MadeWebhook> RunAsync(ClaimedWebhook claimed, CancellationToken cut)
    {
        var document = claimed.Webhook;
        var cookies = await ReadCookiesAsync(document, cut);
        var began = time.GetTimestamp();
        List<WebhookAttempt> attempts = [];
        List<TwimlMessage> replies = [];
        for (var documents = 1; ; documents++)
        {
            var result = await client.RequestAsync(document, claimed.AuthToken, cut, cookies);
            attempts.AddRange(result.Attempts.Select(attempt => Told(attempt, documents > 1 ? document.Url : null)));
            if (result.Standing == WebhookOutcome.Failed) return End(result, attempts[^1].ErrorCode);
            switch (Read(result.Answer!))
            {
                case TwimlResult.Invalid failed:
                    Note(failed.Code, failed.Detail, isFatal: true);
                    return End(result, failed.Code);
                case TwimlResult.Document answer:
                    foreach (var warning in answer.Warnings) Note(warning.Code, warning.What);
                    var (sent, tooMany) = TwimlLimits.Apply(answer.Messages, replies.Count);
                    replies.AddRange(sent);
                    if (tooMany is not null) Note(tooMany.Code, tooMany.What);
                    if (answer.Redirect is not { } redirect) return End(result, null);
                    if (documents == TwimlLimits.MaxDocuments)
                    {
                        Note(MessagingError.DocumentLimitReached.Code, $"More than {TwimlLimits.MaxDocuments} documents", isFatal: true);
                        return End(result, MessagingError.DocumentLimitReached.Code);
                    }

                    if (time.GetElapsedTime(began) > LongestSession)
                    {
                        Note(MessagingError.RetrievalTimeout.Code, $"The documents together take more than {LongestSession.TotalSeconds:0} s", isFatal: true);
                        return End(result, MessagingError.RetrievalTimeout.Code);
                    }

                    document = claimed.Webhook.RedirectedTo(redirect.Url, redirect.Method, documents);
                    break;
                default:
                    throw new InvalidOperationException("Neither a document nor a failure.");
            }
        }

        MadeWebhook End(WebhookResult last, int? errorCode) => new(
            new(claimed.Webhook.Sid, last.Signature, attempts, errorCode is null ? WebhookOutcome.Delivered : WebhookOutcome.Failed) { Claim = claimed },
            // Another endpoint's answer says nothing about this one's pace.
            document == claimed.Webhook ? last.WasAnswered : null)
        {
            ErrorCode = errorCode,
            // Told to the fallback, which may be somebody else's.
            ErrorUrl = RequestSignature.SignedPart(document.Url),
            OwnError = last.OwnError,
            Replies = replies,
            Cookies = cookies.IsToBeKept ? cookies.All : null,
        };

        // The answer was an HTTP success: what is wrong stands within it.
        void Note(int code, string detail, bool isFatal = false)
        {
            var last = attempts[^1];
            attempts[^1] = last with { ErrorCode = isFatal ? code : last.ErrorCode ?? code, Error = last.Error is null ? $"{code}: {detail}" : $"{last.Error}; {code}: {detail}" };
        }
    }

    private async Task<CookieJar> ReadCookiesAsync(Webhook webhook, CancellationToken cancellation)
    {
        var (handset, sender) = InboundParameters.AddressesOf(webhook.Parameters);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var kept = await db.SessionCookies.AsNoTracking()
            .SingleOrDefaultAsync(c => c.AccountSid == webhook.AccountSid && c.Handset == handset && c.Sender == sender, cancellation);
        return new(kept is not null && kept.Expires > clock.GetUtcNow() ? kept.Cookies : []);
    }

    private static TwimlResult Read(WebhookResponse answer) => answer.IsEncoded
        ? new TwimlResult.Invalid(MessagingError.InvalidContentType.Code, "The answer has a Content-Encoding")
        : Twiml.Read(answer.ContentType, answer.Body, answer.Url);

    /// <summary>An error status is one of retrieval here, not of a callback.</summary>
    private static WebhookAttempt Told(WebhookAttempt attempt, string? url) => attempt with
    {
        Url = url,
        ErrorCode = attempt is { StatusCode: >= 400 } ? MessagingError.RetrievalFailure.Code : attempt.ErrorCode,
    };
}
