using System.Net.Http.Headers;
using System.Text;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Emulator.ClientEnvironment;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// The environment with which an application calls this server instead of Twilio: the caller's credentials, the proxy,
/// and what its language needs to trust the server.
/// </summary>
internal sealed class ApplicationEnvironment(ClientFiles files)
{
    /// <summary>The variables, in the order in which they are printed.</summary>
    /// <exception cref="TwilioException">20001 when the request names no host, or the files cannot be
    /// written.</exception>
    public async Task<IReadOnlyList<(string Name, string Value)>> ReadAsync(
        HttpContext context, EnvironmentForm form, CancellationToken cancellation)
    {
        var folder = string.IsNullOrEmpty(form.Directory) ? await files.WriteAsync(cancellation) : form.Directory;
        var request = context.Request;
        if (!Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var proxy))
            throw new TwilioException(MessagingError.BadParameter.ToApiError("The request names no Host"));
        return
        [
            .. CallerCredentials.Of(context).Variables(),
            .. new ClientVariables(proxy, folder).Of(form.ReadLanguage()),
        ];
    }
}

/// <summary>The credentials that a caller has shown, as an application needs them.</summary>
/// <param name="AccountSid">The account that they authenticate.</param>
/// <param name="AuthToken">The Auth Token; null for an API key.</param>
/// <param name="ApiKey">The SID of the API key; null for an Auth Token.</param>
/// <param name="ApiSecret">
/// The secret of the API key; null for an Auth Token, and in a session of the console, which has not shown it.
/// </param>
internal sealed record CallerCredentials(Sid AccountSid, string? AuthToken, Sid? ApiKey, string? ApiSecret)
{
    /// <summary>The credentials of a request.</summary>
    public static CallerCredentials Of(HttpContext context)
    {
        var credential = context.User.Credential();
        return credential.Key is { } key
            // The server knows only the hash of the secret, but the caller has just shown the secret.
            ? new(credential.Account.Sid, null, key, ShownSecret(context.Request))
            : new(credential.Account.Sid, credential.Account.AuthToken, null, null);
    }

    /// <summary>The environment variables that Twilio's SDKs read.</summary>
    public IEnumerable<(string Name, string Value)> Variables()
    {
        yield return ("TWILIO_ACCOUNT_SID", AccountSid.Value);
        if (AuthToken is not null) yield return ("TWILIO_AUTH_TOKEN", AuthToken);
        if (ApiKey is { } key) yield return ("TWILIO_API_KEY", key.Value);
        if (ApiSecret is not null) yield return ("TWILIO_API_SECRET", ApiSecret);
    }

    private static string? ShownSecret(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Parameter is { } text
            ? Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split(':', 2)[^1]
            : null;
}
