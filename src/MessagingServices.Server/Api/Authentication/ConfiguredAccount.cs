using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Only the account of the configuration may do it, since it concerns the whole server; others are answered 401 with code 20003.</summary>
public sealed class ConfiguredAccount(AccountOptions account) : AuthorizationHandler<ConfiguredAccount.Requirement>
{
    /// <summary>The policy's name.</summary>
    public const string Policy = nameof(ConfiguredAccount);

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) == account.Sid.Value) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    /// <summary>That the caller is that account.</summary>
    public sealed class Requirement : IAuthorizationRequirement;
}
