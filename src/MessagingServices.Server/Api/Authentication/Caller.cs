using System.Security.Claims;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>The account whose credentials a request has.</summary>
/// <param name="account">The account.</param>
internal sealed class Caller(Sid account) : ClaimsPrincipal(new ClaimsIdentity(BasicAuthentication.SchemeName))
{
    public Sid AccountSid { get; } = account;
}

internal static class CallerAccount
{
    /// <summary>The authenticated account.</summary>
    public static Sid AccountSid(this ClaimsPrincipal user) => ((Caller)user).AccountSid;
}
