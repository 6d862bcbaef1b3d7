namespace MessagingServices.Domain.Accounts;

/// <summary>
/// An account, which owns all other resources. Its auth token signs webhooks, so it is stored in plain text and not as
/// a hash. Source: https://www.twilio.com/docs/iam/api/account.
/// </summary>
/// <param name="sid">SID with the prefix <c>AC</c>.</param>
/// <param name="authToken">Letters and digits only: one of Twilio's SDKs rejects other characters.</param>
public sealed class Account(Sid sid, string authToken, string friendlyName, DateTimeOffset dateCreated)
{
    /// <summary>The maximum length of a friendly name, in UTF-16 units.</summary>
    public const int MaxNameLength = 64;

    /// <summary>SID with the prefix <c>AC</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, for lists.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The parent of a subaccount; null for a main account.</summary>
    public Sid? OwnerSid { get; init; }

    /// <summary>The password of HTTP Basic authentication, and the key of the webhook signatures.</summary>
    public string AuthToken { get; set; } = authToken;

    public string FriendlyName { get; set; } = friendlyName;

    public AccountStatus Status { get; private set; } = AccountStatus.Active;

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; private set; } = dateCreated;

    /// <summary>Suspends, activates or closes a subaccount. To close it is final.</summary>
    /// <exception cref="TwilioException">20001 for a main account, and for one that is closed.</exception>
    public void ChangeStatus(AccountStatus status)
    {
        if (status == Status) return;
        if (OwnerSid is null)
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError("The status of a main account cannot be changed"));
        if (Status == AccountStatus.Closed)
            throw new TwilioException(MessagingError.BadParameter.ToApiError("A closed account cannot be opened"));
        Status = status;
    }
}

/// <summary>Whether an account may be used.</summary>
public enum AccountStatus
{
    Active,

    /// <summary>Nothing is sent or received until its parent activates it.</summary>
    Suspended,

    /// <summary>Nothing is sent or received any more.</summary>
    Closed,
}
