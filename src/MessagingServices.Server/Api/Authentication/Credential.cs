namespace MessagingServices.Server.Api.Authentication;

/// <summary>What a caller has shown, and the account that it authenticates.</summary>
/// <param name="Kind">The kind of the credential.</param>
/// <param name="Account">The account.</param>
internal sealed record Credential(CredentialKind Kind, CachedAccount Account)
{
    /// <summary>The SID of an API key; null for an Auth Token.</summary>
    public Sid? Key { get; init; }

    /// <summary>What a Restricted key may do; null for other credentials.</summary>
    public KeyPolicy? Policy { get; init; }

    /// <summary>The SHA-256 of the key's secret; null for an Auth Token.</summary>
    public byte[]? KeySecretHash { get; init; }

    /// <summary>The SHA-256 of the Auth Token or secret.</summary>
    public byte[] SecretHash => KeySecretHash ?? Account.TokenHash;

    /// <summary>The SHA-256 of the token of the console's session; null for a caller who has shown a secret.</summary>
    public byte[]? Session { get; init; }

    /// <summary>When the session ends, in real time; null without one.</summary>
    public DateTimeOffset? SessionExpires { get; init; }
}

/// <summary>The kinds of credentials.</summary>
internal enum CredentialKind
{
    /// <summary>Account SID and Auth Token: everything.</summary>
    AuthToken,

    /// <summary>A Standard API key: everything but accounts and keys.</summary>
    StandardKey,

    /// <summary>A Restricted API key: what its policy allows.</summary>
    RestrictedKey,

    /// <summary>Twilio's test credentials: the few operations that have magic numbers.</summary>
    Test,
}
