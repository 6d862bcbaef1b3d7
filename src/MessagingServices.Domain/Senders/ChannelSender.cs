namespace MessagingServices.Domain.Senders;

/// <summary>
/// An account's sender on WhatsApp or RCS. It is online as soon as it is created, without registration. Source:
/// https://www.twilio.com/docs/whatsapp/api/senders.
/// </summary>
public sealed class ChannelSender
{
    private ChannelSender() { }

    /// <summary>Creates a sender of the account.</summary>
    /// <param name="sid">SID with the prefix <c>XE</c>.</param>
    public ChannelSender(Sid sid, Sid accountSid, ChannelAddress address, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        SenderId = address.Value;
        Channel = address.Channel;
        Country = address.Number?.Country;
        DateCreated = DateUpdated = now;
    }

    /// <summary>SID with the prefix <c>XE</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>
    /// <c>whatsapp:</c> and an E.164 number, or <c>rcs:</c> and the agent's name. It is unique over all accounts.
    /// </summary>
    public string SenderId { get; private init; } = "";

    public Channel Channel { get; private init; }

    /// <summary>The ISO 3166 code of a WhatsApp sender's number; null for an RCS sender.</summary>
    public string? Country { get; private init; }

    /// <summary>
    /// The ISO 3166 codes of the countries whose carriers have approved an RCS sender. A pool keeps the list from the
    /// time when the sender was added.
    /// </summary>
    public IReadOnlyList<string> ApprovedCountries { get; set; } = [];

    /// <summary>A label that recipients do not see; null for none.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>The JSON object <c>configuration</c> of the request; null for none.</summary>
    public string? Configuration { get; set; }

    /// <summary>The JSON object <c>webhook</c> of the request; null for none.</summary>
    public string? Webhook { get; set; }

    /// <summary>The JSON object <c>profile</c> of the request; null for none.</summary>
    public string? Profile { get; set; }

    /// <summary>The compliance registration of an RCS sender; null for none.</summary>
    public string? ComplianceRegistrationSid { get; set; }

    public DateTimeOffset DateCreated { get; private init; }

    public DateTimeOffset DateUpdated { get; set; }
}
