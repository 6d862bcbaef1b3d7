namespace MessagingServices.Domain.Accounts;

/// <summary>Who owns everything else. Its token signs webhooks, so it is kept as it is and not as a hash.</summary>
/// <param name="sid">SID with the prefix <c>AC</c>.</param>
/// <param name="authToken">Letters and digits only: one of Twilio's SDKs refuses others before it sends.</param>
/// <param name="friendlyName">A name for people.</param>
/// <param name="dateCreated">When the account was made.</param>
public sealed class Account(Sid sid, string authToken, string friendlyName, DateTimeOffset dateCreated)
{
    /// <summary>SID with the prefix <c>AC</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The password of HTTP Basic authentication, and the key that signs the account's webhooks.</summary>
    public string AuthToken { get; set; } = authToken;

    /// <summary>A name for people.</summary>
    public string FriendlyName { get; set; } = friendlyName;

    /// <summary>When the account was made.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;
}
