using System.Net;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Fidelity;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// Requests that name a whole URL, as clients send them to a proxy: those for Twilio's hosts are answered, also https
/// ones; http ones for other hosts are forwarded. It also notes whose requests come through an encrypted tunnel.
/// </summary>
internal sealed class PlainProxy(RequestDelegate next, ProxyOptions options, PlainForwarding forwarding)
{
    /// <summary>Forwards the request, or calls the rest of the pipeline.</summary>
    /// <exception cref="TwilioException">400 for a malformed URL, 403 where the proxy may not call, 501 for https.
    /// </exception>
    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target is "" or "*" or ['/', ..]) return context.Request.IsHttps ? CarryAsync(context) : next(context);
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            context.Response.Headers.Connection = "close";
            throw Refused(MessagingError.BadParameter, "CONNECT must be the first request of a connection");
        }

        if (!Uri.TryCreate(target, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw Refused(MessagingError.BadParameter, "The proxy takes http and https URLs only");
        if (TwilioProducts.IsHost(url.Host))
        {
            context.Request.Scheme = url.Scheme;
            return next(context);
        }

        if (IsThisServer(context, url)) return next(context);
        if (options.RefusalOf(context.Connection.RemoteIpAddress) is { } refusal)
            throw Refused(MessagingError.Forbidden, refusal);
        return url.Scheme == Uri.UriSchemeHttp
            ? forwarding.ForwardAsync(context, target, url)
            : throw Refused(MessagingError.NotEmulated, "https URLs of other hosts than Twilio's need CONNECT");
    }

    private async Task CarryAsync(HttpContext context)
    {
        await next(context);
        if (context.User is Caller caller) context.Features.Get<EmulatedTunnel>()?.Carry(caller.Credential);
    }

    private static bool IsThisServer(HttpContext context, Uri url) =>
        url.Port == context.Connection.LocalPort
        && (url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)
                && (IPAddress.IsLoopback(address) || address.Equals(context.Connection.LocalIpAddress))));

    private static TwilioException Refused(MessagingError error, string reason) => new(error.ToApiError(reason));
}
