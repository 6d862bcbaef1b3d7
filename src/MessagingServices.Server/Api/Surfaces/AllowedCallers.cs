using System.Net;
using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Media;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// While the default Auth Token holds, it is no secret. So web pages of other origins, also those that let their own
/// name lead to this machine (DNS rebinding), must not use it: they get 403, code 20403. With another token, everybody
/// may try to sign in.
/// </summary>
internal sealed class AllowedCallers(
    RequestDelegate next, DefaultTokenUse defaultToken, ApiOptions options, PublicUrl publicUrl)
{
    /// <summary>Names below these cannot be registered. Source: RFC 2606, RFC 6761, RFC 6762, ICANN.</summary>
    private static readonly string[] Unregistrable = [".localhost", ".local", ".internal", ".test"];

    /// <summary>Refuses the request, or calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!defaultToken.IsInUse) return next(context);
        var request = context.Request;
        if (!MayName(request.Host.Host))
        {
            throw Refused(
                $"The default Auth Token is no secret, so the host name '{request.Host.Host}' is not served: set "
                + "Account:AuthToken, or name the host in Api:AllowedHosts");
        }

        foreach (var origin in request.Headers.Origin)
        {
            if (!MayCall(origin))
            {
                throw Refused(
                    $"The default Auth Token is no secret, so the origin '{origin}' may not call: set "
                    + "Account:AuthToken, or name the origin in Api:AllowedOrigins");
            }
        }

        return next(context);
    }

    private bool MayName(string host) =>
        host.Length > 0 && (IPAddress.TryParse(host.Trim('[', ']'), out _) || IsOwnName(host));

    private bool MayCall(string? origin) =>
        options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
                ? IPAddress.IsLoopback(address) || IsPublicHost(uri.Host)
                : IsOwnName(uri.Host)));

    /// <summary>A name that leads to this server only if the network's owner has set it up so.</summary>
    private bool IsOwnName(string name) =>
        !name.Contains('.', StringComparison.Ordinal)
        || Unregistrable.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        || TwilioProducts.IsHost(name) || IsPublicHost(name)
        || options.AllowedHosts.Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool IsPublicHost(string host) => Uri.TryCreate(publicUrl.Value, UriKind.Absolute, out var own)
        && own.Host.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static TwilioException Refused(string reason) => new(MessagingError.Forbidden.ToApiError(reason));
}
