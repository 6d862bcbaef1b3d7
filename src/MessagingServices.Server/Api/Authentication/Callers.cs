using System.Text;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// Finds out who makes a request: by HTTP Basic, or by the cookie of a session of the console. With both it is HTTP
/// Basic, unless the request names its account as only the console does. For browsers send credentials that a person
/// once gave them with the console's requests too.
/// </summary>
internal sealed class Callers(
    Credentials credentials, SessionCredentials sessions, Access access, ConsoleOptions console, SignIn signIn)
{
    private const string Prefix = BasicAuthentication.SchemeName + " ";

    private static readonly (Caller?, ApiError?) NoCaller = (null, MessagingError.NoCredentials.ToApiError());

    /// <summary>The caller; null with the error when the request is not allowed.</summary>
    public ValueTask<(Caller? Caller, ApiError? Error)> FindAsync(HttpContext context)
    {
        var request = context.Request;
        var header = request.Headers.Authorization.ToString();
        if ((header.Length == 0 || request.Headers.ContainsKey(ConsoleCookie.AccountHeader))
            && console.Enabled && ConsoleCookie.Read(request) is { } cookie) return FindAsync(context, cookie);
        if (header.Length == 0
            && context.GetEndpoint()?.Metadata.GetMetadata<ForProgramsOfThisMachineAttribute>() is not null)
            return FindOnThisMachineAsync(context);
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return ValueTask.FromResult(NoCaller);
        var (username, password) = Decode(header.AsSpan(Prefix.Length).Trim());
        return FindAsync(context, username, password);
    }

    private async ValueTask<(Caller? Caller, ApiError? Error)> FindAsync(
        HttpContext context, string username, string password)
    {
        var (credential, wrong) = await credentials.CheckAsync(username, password, context.RequestAborted);
        return credential is null ? (null, wrong) : await access.CheckAsync(context, credential);
    }

    private async ValueTask<(Caller? Caller, ApiError? Error)> FindAsync(HttpContext context, string cookie)
    {
        RequestFacts.Of(context).IsByCookie = true;
        if (!RequestOrigin.MayUseCookie(context.Request)) return (null, OtherPage());
        return await sessions.FindAsync(cookie, context.RequestAborted) is { } credential
            ? await access.CheckAsync(context, credential)
            : (null, MessagingError.WrongKey.ToApiError());
    }

    /// <summary>A program gets without credentials what the console's automatic sign-in gives a browser.</summary>
    private async ValueTask<(Caller? Caller, ApiError? Error)> FindOnThisMachineAsync(HttpContext context) =>
        await signIn.AutomaticAsync(context) is { } credential
            ? await access.CheckAsync(context, credential) : NoCaller;

    /// <summary>The error for a request by cookie that another page made, or may have made.</summary>
    public static ApiError OtherPage() => MessagingError.Forbidden.ToApiError(
        "Only pages of the console may use its session: Origin must be this server's, and Sec-Fetch-Site same-origin");

    private static (string Username, string Password) Decode(ReadOnlySpan<char> parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64Chars(parameter, bytes, out var length)) return ("", "");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
    }
}
