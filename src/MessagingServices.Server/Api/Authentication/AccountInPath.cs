using System.Security.Claims;
using MessagingServices.Domain;
using Microsoft.AspNetCore.Authorization;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// The account in a 2010 path must be the caller's own; another one's, known or not, is 401 with code 20003, as if it did not exist.
/// </summary>
public sealed class AccountInPath : AuthorizationHandler<AccountInPath>, IAuthorizationRequirement
{
    /// <summary>The route value.</summary>
    public const string RouteValue = "AccountSid";

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccountInPath requirement)
    {
        var path = (context.Resource as HttpContext)?.GetRouteValue(RouteValue) as string;
        if (path is null || path == context.User.FindFirstValue(ClaimTypes.NameIdentifier)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Who calls.</summary>
public static class CallerAccount
{
    /// <summary>The authenticated account.</summary>
    public static Sid AccountSid(this ClaimsPrincipal caller) => Sid.Parse(caller.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
