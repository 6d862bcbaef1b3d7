using System.Net;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Who may begin a session of the console, and who needs no credentials.</summary>
internal sealed class SignIn(
    Credentials credentials, SessionCredentials sessions, FailedSignIns failures, AccountOptions configured)
{
    /// <summary>Checks a user name and a password, as HTTP Basic has them.</summary>
    /// <exception cref="TwilioException">
    /// They are wrong (20003), of an account that is not active (20005), or a credential that has no console: a
    /// Restricted key (70051) or test credentials (20008). Another page may have sent them (20403).
    /// </exception>
    public async Task<Credential> CheckAsync(HttpContext context, string username, string password)
    {
        if (!RequestOrigin.IsOwn(context.Request)) throw new TwilioException(Callers.OtherPage());
        var (credential, wrong) = await credentials.CheckAsync(username, password, context.RequestAborted);
        if (credential is null)
        {
            failures.Add(context.Connection.RemoteIpAddress, RequestFacts.Of(context).Id);
            throw new TwilioException(wrong!);
        }

        if (credential.Account.Status != AccountStatus.Active)
            throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
        return credential.Kind switch
        {
            CredentialKind.AuthToken or CredentialKind.StandardKey => credential,
            CredentialKind.RestrictedKey =>
                throw new TwilioException(MessagingError.NotInPolicy.ToApiError(ConsoleCookie.SessionPath)),
            CredentialKind.Test => throw new TwilioException(MessagingError.NotForTestCredentials.ToApiError()),
        };
    }

    /// <summary>The credential of the session whose cookie a request has; null when there is none.</summary>
    /// <exception cref="TwilioException">20403: another page made the request, or may have made it.</exception>
    public async ValueTask<Credential?> PresentAsync(HttpContext context)
    {
        if (ConsoleCookie.Read(context.Request) is not { } cookie) return null;
        return RequestOrigin.MayUseCookie(context.Request)
            ? await sessions.FindAsync(cookie, context.RequestAborted)
            : throw new TwilioException(Callers.OtherPage());
    }

    /// <summary>
    /// The credential of a browser or program on the server's own machine, which signs in by itself while the default
    /// token holds; null for every other request. A request that was forwarded may come from anywhere.
    /// </summary>
    public async ValueTask<Credential?> AutomaticAsync(HttpContext context)
    {
        var request = context.Request;
        if (configured.AuthToken != AccountOptions.DefaultAuthToken
            || !IsLoopback(context.Connection.RemoteIpAddress) || !IsLoopbackHost(request.Host.Host)
            || !RequestOrigin.IsOwn(request) || request.Headers.Keys.Any(IsOfProxy)) return null;
        var (credential, _) = await credentials.CheckAsync(
            configured.Sid.Value, configured.AuthToken, context.RequestAborted);
        return credential;
    }

    private static bool IsOfProxy(string header) =>
        header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Via", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress? address) => address is not null
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
