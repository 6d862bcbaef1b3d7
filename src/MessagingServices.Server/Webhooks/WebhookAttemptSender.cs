using System.Text;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>Sends the attempts of one webhook: each is a request with its redirects.</summary>
/// <param name="webhook">The webhook.</param>
/// <param name="authToken">Signs the requests.</param>
/// <param name="overrides">The timeouts.</param>
/// <param name="total">Canceled at the total timeout of all attempts.</param>
internal sealed class WebhookAttemptSender(
    Webhook webhook, string authToken, ConnectionOverrides overrides, CancellationToken total)
{
    private const int MaxRedirects = 10;

    /// <summary>The signature of the last request.</summary>
    public string Signature { get; private set; } = "";

    /// <summary>The cookies of the session; null to send and keep none.</summary>
    public CookieJar? Cookies { get; init; }

    /// <summary>How many bytes of a successful response to read; 0 to read none.</summary>
    public int MaxBody { get; init; }

    /// <summary>The response of the last attempt; null if it was not successful or not to be read.</summary>
    public WebhookResponse? Response { get; private set; }

    /// <summary>The beginning of the last attempt's response, to be shown; null without a response.</summary>
    public WebhookResponse? ShownResponse { get; private set; }

    /// <summary>The HTTP status of the last attempt; null without a response.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>Whether the receiver closed a kept-alive connection while the last attempt was sent on it.</summary>
    public bool MetClosingConnection { get; private set; }

    public bool TimeIsUp => total.IsCancellationRequested;

    /// <param name="invoker">Sends the requests.</param>
    /// <param name="cancellation">Ends the attempt without an outcome.</param>
    public async Task<AttemptOutcome> AttemptAsync(HttpMessageInvoker invoker, CancellationToken cancellation)
    {
        StatusCode = null;
        Response = null;
        ShownResponse = null;
        MetClosingConnection = false;
        var target = RequestTarget.Of(webhook);
        if (target.Uri is null) return Unreachable(UnreachableReason.BadHostName, "The URL is invalid");
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var timeouts = new RequestTimeouts(overrides, total);
                using var response = await SendAsync(invoker, target, timeouts);
                var status = (int)response.StatusCode;
                StatusCode = status;
                if (status is < 300 or > 399)
                {
                    if (MaxBody > 0 && response.IsSuccessStatusCode)
                        Response = await WebhookResponse.ReadAsync(response, target.Url, MaxBody, timeouts);
                    ShownResponse = Response ?? await WebhookResponse.ReadStartAsync(response, target.Url, timeouts);
                    return AttemptOutcome.OfStatus(status);
                }

                if (redirects == MaxRedirects)
                {
                    ShownResponse = await WebhookResponse.ReadStartAsync(response, target.Url, timeouts);
                    return Unreachable(UnreachableReason.TooManyRedirects, $"More than {MaxRedirects} redirects");
                }

                // The raw header: the parsed one rewrites escapes.
                var location = response.Headers.NonValidated.TryGetValues("Location", out var values)
                    ? values.ToString()
                    : null;
                if (status is not (301 or 302 or 303 or 307) || target.Redirected(status, location) is not { } next)
                {
                    ShownResponse = await WebhookResponse.ReadStartAsync(response, target.Url, timeouts);
                    return Unreachable(
                        UnreachableReason.InvalidRedirect, $"HTTP status {status} without a valid redirect");
                }

                target = next;
                StatusCode = null;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TimeIsUp
                ? Unreachable(UnreachableReason.TotalTimeout,
                    $"No response within {overrides.TotalTimeout.TotalMilliseconds:0} ms in total")
                : Unreachable(UnreachableReason.ReadTimeout,
                    $"No response within {overrides.ReadTimeout.TotalMilliseconds:0} ms");
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

    private async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker invoker, RequestTarget target, RequestTimeouts timeouts)
    {
        Signature = RequestSignature.Compute(authToken, target.SignedUrl, target.Parameters);
        using var request = target.CreateRequest(Signature, webhook.IdempotencyToken);
        request.Options.Set(RequestTimeouts.Key, timeouts);
        Cookies?.Give(request);
        var use = ConnectionUse.Begin();
        try
        {
            var response = await invoker.SendAsync(request, timeouts.Token);
            Cookies?.Take(target.Uri!, response);
            return response;
        }
        catch (HttpRequestException failure) when (use.IsUnansweredOnReused
            && failure.InnerException is not NoConnectionException)
        {
            MetClosingConnection = true;
            throw;
        }
    }

    private static AttemptOutcome.Unreachable Unreachable(UnreachableReason reason, string detail)
    {
        // The text may contain bytes of the receiver, and PostgreSQL cannot store NUL.
        var text = new StringBuilder(detail.Length);
        foreach (var c in detail.AsSpan(0, Math.Min(detail.Length, 300)))
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        return new(reason, text.ToString());
    }
}
