namespace MessagingServices.Domain.Accounts;

/// <summary>
/// An account, which owns all other resources. Its auth token signs webhooks, so it is stored in plain text and not as
/// a hash.
/// </summary>
/// <param name="sid">SID with the prefix <c>AC</c>.</param>
/// <param name="authToken">Letters and digits only: one of Twilio's SDKs rejects other characters.</param>
public sealed class Account(Sid sid, string authToken, string friendlyName, DateTimeOffset dateCreated)
{
    /// <summary>SID with the prefix <c>AC</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The password of HTTP Basic authentication, and the key of the webhook signatures.</summary>
    public string AuthToken { get; set; } = authToken;

    public string FriendlyName { get; set; } = friendlyName;

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;
}
