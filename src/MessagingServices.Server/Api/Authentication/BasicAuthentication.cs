using System.Text;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Authorization;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// HTTP Basic with Account SID and Auth Token, for all endpoints that do not allow anonymous requests. The account in a
/// 2010 path must be the caller's own; another one's, known or not, is refused as if it did not exist. Everything that
/// fails is 401 with code 20003, in Twilio's shape. Source:
/// https://www.twilio.com/docs/usage/requests-to-twilio#credentials.
/// </summary>
/// <remarks>
/// It replaces the framework's authentication and authorization. They look up schemes, policies and handlers on every
/// request: a ninth of the server's work to accept a message.
/// </remarks>
internal sealed class BasicAuthentication(
    RequestDelegate next, Credentials credentials, AccountOptions configured, AccountRequests requests,
    FailedSignIns failures)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Basic";

    /// <summary>The value of a route that names the account.</summary>
    public const string AccountRouteValue = "AccountSid";

    /// <summary>Refuses the request, or calls the rest of the pipeline with its <see cref="Caller"/>.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(context);
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith($"{SchemeName} ", StringComparison.OrdinalIgnoreCase))
            return ErrorRenderer.WriteAsync(context, MessagingError.NoCredentials.ToApiError());
        var (username, password) = Decode(header.AsSpan(SchemeName.Length).Trim());
        if (!Sid.TryParseAs(SidPrefix.Account, username, out var account))
        {
            return Refuse(context, Sid.TryParseAs(SidPrefix.ApiKey, username, out _)
                ? MessagingError.WrongKey.ToApiError() : MessagingError.InvalidUsername.ToApiError());
        }

        var check = credentials.AreRightAsync(account, password, context.RequestAborted);
        // Nearly always, since accounts are remembered; then there is nothing to wait for.
        return check.IsCompletedSuccessfully ? Continue(context, account, check.Result)
            : ContinueAsync(context, account, check);
    }

    private async Task ContinueAsync(HttpContext context, Sid account, ValueTask<bool> check) =>
        await Continue(context, account, await check);

    private Task Continue(HttpContext context, Sid account, bool areRight)
    {
        if (!areRight || !IsAllowed(context, account))
            return Refuse(context, MessagingError.WrongToken.ToApiError(account));
        context.User = new Caller(account);
        return ServeAsync(context, account);
    }

    private async Task ServeAsync(HttpContext context, Sid account)
    {
        var underWay = requests.Of(account);
        RequestFacts.Of(context).Concurrent = underWay.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            underWay.End();
        }
    }

    private bool IsAllowed(HttpContext context, Sid account)
    {
        if (context.Request.RouteValues.TryGetValue(AccountRouteValue, out var named)
            && (string?)named != account.Value)
            return false;
        return account == configured.Sid
            || context.GetEndpoint()?.Metadata.GetMetadata<ForConfiguredAccountAttribute>() is null;
    }

    private Task Refuse(HttpContext context, ApiError error)
    {
        failures.Add(context.Connection.RemoteIpAddress, RequestFacts.Of(context).Id);
        return ErrorRenderer.WriteAsync(context, error);
    }

    private static (string Username, string Password) Decode(ReadOnlySpan<char> parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64Chars(parameter, bytes, out var length)) return ("", "");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
    }
}
