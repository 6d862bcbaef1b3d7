using System.Security.Cryptography;

namespace MessagingServices.Domain.Accounts;

/// <summary>
/// A browser that is signed in to the console. It has a random token, in a cookie; only the token's hash is stored.
/// </summary>
/// <param name="tokenHash">The SHA-256 of the token.</param>
/// <param name="accountSid">The account that signed in.</param>
/// <param name="keySid">The API key that signed in; null for an Auth Token.</param>
/// <param name="secretHash">
/// The SHA-256 of the Auth Token or secret that signed in. The session ends when the credential has another one.
/// </param>
/// <param name="expires">When it ends, in real time.</param>
public sealed class ConsoleSession(
    byte[] tokenHash, Sid accountSid, Sid? keySid, byte[] secretHash, DateTimeOffset expires)
{
    /// <summary>How long a session lasts, in real time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>The SHA-256 of the token.</summary>
    public byte[] TokenHash { get; private set; } = tokenHash;

    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The API key that signed in; null for an Auth Token.</summary>
    public Sid? KeySid { get; private set; } = keySid;

    /// <summary>The SHA-256 of the Auth Token or secret that signed in.</summary>
    public byte[] SecretHash { get; private set; } = secretHash;

    /// <summary>When it ends, in real time.</summary>
    public DateTimeOffset Expires { get; private set; } = expires;

    /// <summary>Whether a secret is the one that signed in, in constant time.</summary>
    /// <param name="hash">The SHA-256 of the secret.</param>
    public bool IsOf(byte[] hash) => CryptographicOperations.FixedTimeEquals(hash, SecretHash);
}
