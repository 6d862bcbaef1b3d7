using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>An account. Source: https://www.twilio.com/docs/iam/api/account.</summary>
[XmlName("Account")]
internal sealed record AccountResource
{
    /// <summary>The lists of an account, as Twilio names them, and the ends of their paths.</summary>
    private static readonly (string Name, string Path)[] Subresources =
    [
        ("available_phone_numbers", "AvailablePhoneNumbers"), ("calls", "Calls"), ("conferences", "Conferences"),
        ("incoming_phone_numbers", "IncomingPhoneNumbers"), ("notifications", "Notifications"),
        ("outgoing_caller_ids", "OutgoingCallerIds"), ("recordings", "Recordings"),
        ("transcriptions", "Transcriptions"), ("addresses", "Addresses"), ("signing_keys", "SigningKeys"),
        ("connect_apps", "ConnectApps"), ("sip", "SIP"), ("authorized_connect_apps", "AuthorizedConnectApps"),
        ("usage", "Usage"), ("keys", "Keys"), ("applications", "Applications"), ("short_codes", "SMS/ShortCodes"),
        ("queues", "Queues"), ("messages", "Messages"), ("balance", "Balance"),
    ];

    /// <summary>SID with the prefix AC.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The secret that authenticates the account, and that webhooks are signed with.</summary>
    public required string AuthToken { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The parent of a subaccount; itself for a main account.</summary>
    public required Sid OwnerAccountSid { get; init; }

    /// <summary>The status: <c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>The type of the account: always <c>Full</c>, as one that is paid for.</summary>
    [Shape(Words = ["Full", "Trial"])]
    public string Type { get; init; } = "Full";

    /// <summary>When it was created; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When it was changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>The paths of its subresources.</summary>
    public required IReadOnlyDictionary<string, string> SubresourceUris { get; init; }

    /// <summary>The resource of an account.</summary>
    public static AccountResource Of(Account account)
    {
        var path = $"/2010-04-01/Accounts/{account.Sid}";
        return new()
        {
            Sid = account.Sid,
            AuthToken = account.AuthToken,
            FriendlyName = account.FriendlyName,
            OwnerAccountSid = account.OwnerSid ?? account.Sid,
            Status = account.Status,
            DateCreated = new(account.DateCreated),
            DateUpdated = new(account.DateUpdated),
            Uri = $"{path}.json",
            SubresourceUris = Subresources.ToDictionary(list => list.Name, list => $"{path}/{list.Path}.json"),
        };
    }
}
