using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using MessagingServices.Domain;
using MessagingServices.Server.Api.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// HTTP Basic with Account SID and Auth Token. Everything that fails is 401 with code 20003, in Twilio's shape.
/// Source: https://www.twilio.com/docs/usage/requests-to-twilio#credentials.
/// </summary>
public sealed class BasicAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Basic";

    private Refusal refusal = MessagingError.NoCredentials.Refuse();

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals(SchemeName, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var (username, password) = Decode(header.Parameter ?? "");
        if (!Sid.TryParseAs(SidPrefix.Account, username, out var sid)) return Fail(MessagingError.InvalidUsername);
        return await credentials.CheckAsync(sid, password, Context.RequestAborted) switch
        {
            CredentialCheck.Right => Succeed(sid),
            CredentialCheck.UnknownAccount => Fail(MessagingError.InvalidUsername),
            CredentialCheck.WrongToken => Fail(MessagingError.WrongCredentials),
        };
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => ErrorRenderer.WriteAsync(Context, refusal);

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorRenderer.WriteAsync(Context, MessagingError.WrongCredentials.Refuse());

    private static (string Username, string Password) Decode(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length)) return ("", "");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
    }

    private static AuthenticateResult Succeed(Sid account) => AuthenticateResult.Success(new(
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.Value)], SchemeName)), SchemeName));

    private AuthenticateResult Fail(MessagingError error)
    {
        refusal = error.Refuse();
        return AuthenticateResult.Fail(error.Text);
    }
}
