using System.Security.Claims;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Who makes a request: the account whose credentials it gave.</summary>
/// <param name="account">The account.</param>
internal sealed class Caller(Sid account) : ClaimsPrincipal(new ClaimsIdentity(BasicAuthentication.SchemeName))
{
    /// <summary>The account.</summary>
    public Sid AccountSid { get; } = account;
}

/// <summary>Who calls.</summary>
internal static class CallerAccount
{
    /// <summary>The authenticated account.</summary>
    public static Sid AccountSid(this ClaimsPrincipal user) => ((Caller)user).AccountSid;
}
