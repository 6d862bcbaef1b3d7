using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Domain.Accounts;

/// <summary>
/// An API key: a user name and a secret that authenticate an account, and that can be revoked. The secret is shown
/// once, so only its hash is stored. Source: https://www.twilio.com/docs/iam/api-keys.
/// </summary>
/// <param name="sid">SID with the prefix <c>SK</c>.</param>
/// <param name="accountSid">The account that it authenticates.</param>
/// <param name="secretHash">The SHA-256 of the secret.</param>
public sealed class ApiKey(
    Sid sid, Sid accountSid, string friendlyName, byte[] secretHash, DateTimeOffset dateCreated)
{
    /// <summary>The maximum length of a friendly name, in UTF-16 units.</summary>
    public const int MaxNameLength = 64;

    /// <summary>SID with the prefix <c>SK</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, for lists.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    public string FriendlyName { get; set; } = friendlyName;

    /// <summary>The SHA-256 of the secret.</summary>
    public byte[] SecretHash { get; private set; } = secretHash;

    /// <summary>What a Restricted key may do; null for a Standard key.</summary>
    public KeyPolicy? Policy { get; set; }

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; private set; } = dateCreated;

    /// <summary>The SHA-256 of a secret or token.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
