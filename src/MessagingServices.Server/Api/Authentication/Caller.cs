using System.Security.Claims;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Who makes a request, and for which account.</summary>
/// <param name="credential">What the caller has shown.</param>
/// <param name="account">
/// The account that the request is about: the caller's own, or a subaccount that the request names.
/// </param>
internal sealed class Caller(Credential credential, CachedAccount account)
    : ClaimsPrincipal(new ClaimsIdentity(BasicAuthentication.SchemeName))
{
    public Credential Credential { get; } = credential;

    public Sid AccountSid => Account.Sid;

    /// <summary>The account that the request is about.</summary>
    public CachedAccount Account { get; } = account;
}

internal static class CallerAccount
{
    /// <summary>The account that the request is about.</summary>
    public static CachedAccount Account(this ClaimsPrincipal user) => ((Caller)user).Account;

    /// <summary>The SID of the account that the request is about.</summary>
    public static Sid AccountSid(this ClaimsPrincipal user) => ((Caller)user).AccountSid;

    /// <summary>What the caller has shown.</summary>
    public static Credential Credential(this ClaimsPrincipal user) => ((Caller)user).Credential;
}
