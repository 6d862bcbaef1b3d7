using System.Text;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>The attempts of one webhook: each is a request and the redirects that it is answered with.</summary>
/// <param name="invoker">Sends requests.</param>
/// <param name="webhook">What is sent.</param>
/// <param name="authToken">Signs it.</param>
/// <param name="overrides">Its time limits.</param>
/// <param name="total">Ends when all attempts together have had their time.</param>
internal sealed class WebhookAttemptSender(
    HttpMessageInvoker invoker, Webhook webhook, string authToken, ConnectionOverrides overrides, CancellationToken total)
{
    private const int MaxRedirects = 10;

    /// <summary>The last signature that was sent.</summary>
    public string Signature { get; private set; } = "";

    /// <summary>The cookies of its session; null for what has none.</summary>
    public CookieJar? Cookies { get; init; }

    /// <summary>The answer of the last attempt, where it is wanted and came with success.</summary>
    public WebhookResponse? Answer { get; private set; }

    /// <summary>The HTTP status that the last attempt brought; null when it brought none.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>Whether the last attempt ended because a connection that had been used before was being closed at that moment.</summary>
    public bool MetClosingConnection { get; private set; }

    public async Task<AttemptOutcome> AttemptAsync(CancellationToken stopping)
    {
        StatusCode = null;
        Answer = null;
        MetClosingConnection = false;
        var target = RequestTarget.Of(webhook);
        if (target.Uri is null) return Unreachable(UnreachableReason.BadHostName, "The URL is not one that can be requested");
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var progress = new RequestTimeouts(overrides, total);
                using var response = await SendAsync(target, progress);
                var status = (int)response.StatusCode;
                StatusCode = status;
                if (status is < 300 or > 399)
                {
                    if (webhook.ExpectsTwiml && response.IsSuccessStatusCode) Answer = await WebhookResponse.ReadAsync(response, target.Url, progress);
                    return AttemptOutcome.OfStatus(status);
                }

                if (redirects == MaxRedirects)
                    return Unreachable(UnreachableReason.TooManyRedirects, $"More than {MaxRedirects} redirects");

                // As it was sent: the parsed header rewrites escapes.
                var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
                if (status is not (301 or 302 or 303 or 307) || target.Redirected(status, location) is not { } next)
                    return Unreachable(UnreachableReason.InvalidRedirect, $"HTTP status {status} with no redirect that can be followed");
                target = next;
                StatusCode = null;
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return total.IsCancellationRequested
                ? Unreachable(UnreachableReason.TotalTimeout, $"Not answered within {overrides.TotalTimeout.TotalMilliseconds:0} ms in total")
                : Unreachable(UnreachableReason.ReadTimeout, $"Not answered within {overrides.ReadTimeout.TotalMilliseconds:0} ms");
        }
        catch (HttpRequestException failure) when (failure.InnerException is NoConnectionException none)
        {
            return Unreachable(none.Reason, none.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Unreachable(UnreachableReason.ConnectionBroken, (failure.InnerException ?? failure).Message);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(RequestTarget target, RequestTimeouts progress)
    {
        Signature = RequestSignature.Compute(authToken, target.SignedUrl, target.Parameters);
        using var request = target.CreateRequest(Signature, webhook.IdempotencyToken);
        request.Options.Set(RequestTimeouts.Key, progress);
        Cookies?.Give(request);
        try
        {
            var response = await invoker.SendAsync(request, progress.Token);
            Cookies?.Take(target.Uri!, response);
            return response;
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError != HttpRequestError.InvalidResponse && !progress.NeededConnection)
        {
            MetClosingConnection = true;
            throw;
        }
    }

    private static AttemptOutcome.Unreachable Unreachable(UnreachableReason reason, string detail)
    {
        // What a receiver sends may end up in the text, and PostgreSQL stores no NUL.
        var text = new StringBuilder(detail.Length);
        foreach (var c in detail.AsSpan(0, Math.Min(detail.Length, 300))) text.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        return new(reason, text.ToString());
    }
}
