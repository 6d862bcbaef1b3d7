using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Decides whether a credential allows a request, and for which account it is.</summary>
internal sealed class Access(AccountCache accounts)
{
    /// <summary>The value of a route that names the account.</summary>
    public const string AccountRouteValue = "AccountSid";

    /// <summary>Returns the caller; null with the error when the request is not allowed.</summary>
    public async ValueTask<(Caller? Caller, ApiError? Error)> CheckAsync(HttpContext context, Credential credential)
    {
        if (await FindAccountAsync(context, credential) is not { } account) return (null, Unknown(credential));
        var endpoint = context.GetEndpoint();
        var refused = Status(context, endpoint, credential, account) ?? Kind(context, endpoint, credential);
        return refused is null ? (new(credential, account), null) : (null, refused);
    }

    /// <summary>
    /// The account in the path, or that a request by cookie names: the caller's own or a subaccount of it; null for any
    /// other.
    /// </summary>
    private async ValueTask<CachedAccount?> FindAccountAsync(HttpContext context, Credential credential)
    {
        var own = credential.Account;
        var named = context.Request.RouteValues.TryGetValue(AccountRouteValue, out var inPath) ? (string?)inPath
            : credential.Session is null ? null
            : context.Request.Headers[ConsoleCookie.AccountHeader].ToString();
        if (string.IsNullOrEmpty(named) || named == own.Sid.Value) return own;
        return credential.Kind is CredentialKind.AuthToken or CredentialKind.StandardKey
            && Sid.TryParseAs(SidPrefix.Account, named, out var sid)
            ? await accounts.FindSubaccountAsync(own.Sid, sid, context.RequestAborted)
            : null;
    }

    private static ApiError? Status(
        HttpContext context, Endpoint? endpoint, Credential credential, CachedAccount account)
    {
        if (credential.Account.Status != AccountStatus.Active) return MessagingError.AccountNotActive.ToApiError();
        return account.Status == AccountStatus.Active || HttpMethods.IsGet(context.Request.Method)
            || Has<ForInactiveAccountsAttribute>(endpoint)
            ? null
            : MessagingError.AccountNotActive.ToApiError();
    }

    private static ApiError? Kind(HttpContext context, Endpoint? endpoint, Credential credential)
    {
        // An unknown path (404), a method that the path does not have (405) and what is not emulated (501) are the same
        // for every caller.
        if (endpoint is null || (endpoint.Metadata.GetMetadata<ActionDescriptor>() is null
            && !Has<ForProgramsOfThisMachineAttribute>(endpoint))) return null;
        if (Has<ForEveryCredentialAttribute>(endpoint)) return null;
        if (credential.Kind == CredentialKind.Test)
        {
            return Has<ForTestCredentialsAttribute>(endpoint)
                ? null : MessagingError.NotForTestCredentials.ToApiError();
        }

        return credential.Kind switch
        {
            CredentialKind.AuthToken or CredentialKind.Test => null,
            CredentialKind.StandardKey => Has<ForAuthTokenAttribute>(endpoint) ? RequireAuthToken(credential) : null,
            CredentialKind.RestrictedKey => Restricted(context, endpoint, credential),
        };
    }

    /// <summary>Accounts and keys are for Auth Tokens only.</summary>
    /// <returns>The error for any other credential; null for an Auth Token.</returns>
    public static ApiError? RequireAuthToken(Credential credential) =>
        credential.Kind == CredentialKind.AuthToken ? null : Unknown(credential);

    private static ApiError? Restricted(HttpContext context, Endpoint endpoint, Credential credential)
    {
        var permission = KeyPermission.Of(endpoint);
        var action = permission.Action(context.Request.Method);
        return permission.Resource is { } resource && !Has<ForAuthTokenAttribute>(endpoint)
            && credential.Policy!.Allows(resource, action)
            ? null
            : MessagingError.NotInPolicy.ToApiError(permission.NameOf(action) ?? context.Request.Path.Value);
    }

    private static ApiError Unknown(Credential credential) => credential.Key is null
        ? MessagingError.WrongToken.ToApiError(credential.Account.Sid)
        : MessagingError.WrongKey.ToApiError();

    private static bool Has<T>(Endpoint? endpoint) where T : Attribute =>
        endpoint?.Metadata.GetMetadata<T>() is not null;
}
