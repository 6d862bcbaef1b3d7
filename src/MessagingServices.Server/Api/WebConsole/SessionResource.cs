using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.WebConsole;

/// <summary>Who is signed in to the console with this browser.</summary>
internal sealed record SessionResource
{
    /// <summary>The account that is signed in; null without a session.</summary>
    public required Sid? AccountSid { get; init; }

    /// <summary>The Standard API key that is signed in; null for an Auth Token.</summary>
    public required Sid? KeySid { get; init; }

    /// <summary>When the session ends, in real time; null without a session.</summary>
    public required Iso8601Date? DateExpires { get; init; }

    /// <summary>
    /// What to sign in with while the configured account has the default Auth Token; else null.
    /// </summary>
    public required DefaultCredentials? DefaultCredentials { get; init; }

    /// <summary>The session of a credential.</summary>
    /// <param name="credential">What signed in; null without a session.</param>
    /// <param name="expires">When the session ends; null without a session.</param>
    /// <param name="configured">The configured account.</param>
    public static SessionResource Of(Credential? credential, DateTimeOffset? expires, AccountOptions configured) =>
        new()
        {
            AccountSid = credential?.Account.Sid,
            KeySid = credential?.Key,
            DateExpires = expires is { } end ? new(end) : null,
            DefaultCredentials = configured.AuthToken == AccountOptions.DefaultAuthToken
                ? new(configured.Sid, configured.AuthToken) : null,
        };
}

/// <summary>The default credentials, which are public.</summary>
/// <param name="Username">The Account SID.</param>
/// <param name="Password">The Auth Token.</param>
internal sealed record DefaultCredentials(Sid Username, string Password);

/// <summary>Signs in to the console.</summary>
internal sealed record SignInForm
{
    /// <summary>The Account SID, or the SID of a Standard API key.</summary>
    public string? Username { get; init; }

    /// <summary>The Auth Token, or the secret of the key.</summary>
    public string? Password { get; init; }
}
