using System.Globalization;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Applies the account's request rules to the requests of Twilio's products, after authentication. The server's own
/// pages and APIs are never hit.
/// </summary>
internal sealed class RequestFaults(
    RequestDelegate next, RequestRules rules, ICallerCheck callers, IHostApplicationLifetime lifetime,
    TimeProvider real)
{
    /// <summary>After a longer delay, the caller is checked again.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>How long a request whose client has gone may wait for the database.</summary>
    private static readonly TimeSpan TimeWithoutClient = TimeSpan.FromSeconds(30);

    /// <summary>Applies the newest rule that matches, or calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context) =>
        context.User is Caller caller && RequestRules.Has(caller.Account) && ProductOf(context) is { } host
            ? ApplyAsync(context, caller.Account, host)
            : next(context);

    /// <summary>
    /// The host of the product that the request is for; null for the server's own paths, and for what the console asks.
    /// </summary>
    private static string? ProductOf(HttpContext context)
    {
        var facts = RequestFacts.Of(context);
        return facts.IsByCookie || SurfaceRouting.IsOwn(context.Request.Path.Value!) ? null : facts.Domain;
    }

    private async Task ApplyAsync(HttpContext context, CachedAccount account, string host)
    {
        if (await rules.TakeAsync(account, Describe(context, host), context.RequestAborted) is not { } rule)
        {
            await next(context);
            return;
        }

        RequestFacts.Of(context).RequestRule = rule.Sid;
        if (rule.DelayMs is > 0 and var delay) await DelayAsync(context, TimeSpan.FromMilliseconds(delay));
        if (rule.Disconnect is { } disconnect) await DisconnectAsync(context, disconnect);
        else if (rule.StatusCode is { } status)
        {
            MessagingError error = new(rule.ResponseCode!.Value, status, ReasonPhrases.GetReasonPhrase(status));
            await ErrorRenderer.WriteAsync(context, new(error, error.Text),
                rule.RetryAfter?.ToString(CultureInfo.InvariantCulture));
        }
        else await next(context);
    }

    /// <summary>
    /// A client that does not wait for the end changes nothing: what it has asked for is done, as by Twilio.
    /// </summary>
    private async Task DelayAsync(HttpContext context, TimeSpan delay)
    {
        var wait = context.Features.Get<DatabaseWait>();
        wait?.Pause();
        // When the server stops, the request goes on at once.
        await Task.Delay(delay, real, lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        wait?.Resume();
        if (context.RequestAborted.IsCancellationRequested)
            context.RequestAborted = new CancellationTokenSource(TimeWithoutClient, real).Token;
        if (delay > Slow) await callers.CheckAgainAsync(context);
    }

    /// <summary>Closes the connection; on HTTP/2 it resets the request's stream.</summary>
    private async Task DisconnectAsync(HttpContext context, Disconnect disconnect)
    {
        try
        {
            if (disconnect == Disconnect.Before) return;
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
            await next(context);
        }
        finally
        {
            context.Abort();
        }
    }

    private static ApiRequest Describe(HttpContext context, string host)
    {
        var request = context.Request;
        var path = request.Path.Value!;
        var product = $"/{host.Split('.')[0]}/";
        if (path.StartsWith(product, StringComparison.Ordinal)) path = path[(product.Length - 1)..];
        // Only what has been read: the framework's own reader must not read it.
        var form = HttpMethods.IsPost(request.Method) ? context.Features.Get<IFormFeature>()?.Form : null;
        return new(request.Method.ToUpperInvariant(), host, path)
        {
            To = ApiRequest.Recipient(Field("To")),
            From = ApiRequest.Sender(Field("From")),
            Body = Field("Body"),
        };

        string? Field(string name) => form is not null && form.TryGetValue(name, out var values) ? values[0] : null;
    }
}
