using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Decides whether a credential allows a request, and for which account it is.</summary>
internal sealed class Access(AccountCache accounts, AccountOptions configured)
{
    /// <summary>The value of a route that names the account.</summary>
    public const string AccountRouteValue = "AccountSid";

    /// <summary>Returns the caller; null with the error when the request is not allowed.</summary>
    public async ValueTask<(Caller? Caller, ApiError? Error)> CheckAsync(HttpContext context, Credential credential)
    {
        var endpoint = context.GetEndpoint();
        var (account, refused) = await FindAccountAsync(context, credential);
        refused ??= account is null ? null
            : Status(context, endpoint, credential, account) ?? Kind(context, endpoint, credential);
        return refused is null && account is not null
            ? (new(credential, account.Sid), null)
            : (null, refused ?? MessagingError.WrongToken.ToApiError(credential.Account.Sid));
    }

    /// <summary>The account in the path: the caller's own, or a subaccount of it.</summary>
    private async ValueTask<(CachedAccount? Account, ApiError? Error)> FindAccountAsync(
        HttpContext context, Credential credential)
    {
        var own = credential.Account;
        if (!context.Request.RouteValues.TryGetValue(AccountRouteValue, out var named)
            || (string?)named == own.Sid.Value) return (own, null);
        var mayAct = credential.Kind is CredentialKind.AuthToken or CredentialKind.StandardKey;
        return mayAct && Sid.TryParseAs(SidPrefix.Account, (string?)named, out var sid)
            && await accounts.FindAsync(sid, context.RequestAborted) is { } account && account.Owner == own.Sid
            ? (account, null)
            : (null, Unknown(credential));
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

    private ApiError? Kind(HttpContext context, Endpoint? endpoint, Credential credential)
    {
        if (Has<ForEveryCredentialAttribute>(endpoint)) return null;
        if (credential.Kind == CredentialKind.Test)
        {
            return Has<ForTestCredentialsAttribute>(endpoint)
                ? null : MessagingError.NotForTestCredentials.ToApiError();
        }

        if (credential.Account.Sid != configured.Sid && Has<ForConfiguredAccountAttribute>(endpoint))
            return Unknown(credential);
        return credential.Kind switch
        {
            CredentialKind.AuthToken or CredentialKind.Test => null,
            CredentialKind.StandardKey => Has<ForAuthTokenAttribute>(endpoint) ? Unknown(credential) : null,
            CredentialKind.RestrictedKey => Restricted(context, endpoint, credential),
        };
    }

    private static ApiError? Restricted(HttpContext context, Endpoint? endpoint, Credential credential)
    {
        // An unknown path is 404 for every caller.
        if (endpoint is null) return null;
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
