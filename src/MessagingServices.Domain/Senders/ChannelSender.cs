namespace MessagingServices.Domain.Senders;

/// <summary>
/// A sender of an account on WhatsApp or RCS. Source: https://www.twilio.com/docs/whatsapp/api/senders. It needs no registration:
/// it is online as soon as it exists.
/// </summary>
public sealed class ChannelSender
{
    private ChannelSender() { }

    /// <summary>Gives the account a sender.</summary>
    /// <param name="sid">SID with the prefix <c>XE</c>.</param>
    /// <param name="accountSid">The account.</param>
    /// <param name="address">What messages come from.</param>
    /// <param name="now">When the account gets it.</param>
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

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary><c>whatsapp:</c> and an E.164 number, or <c>rcs:</c> and the agent's name; one account only has it.</summary>
    public string SenderId { get; private init; } = "";

    /// <summary>WhatsApp or RCS.</summary>
    public Channel Channel { get; private init; }

    /// <summary>ISO 3166 code of a WhatsApp sender's number; null for an RCS sender.</summary>
    public string? Country { get; private init; }

    /// <summary>
    /// ISO 3166 codes of the countries whose carriers have approved an RCS sender. Pools keep the list as it was when the sender was added.
    /// </summary>
    public IReadOnlyList<string> ApprovedCountries { get; set; } = [];

    /// <summary>The JSON object <c>configuration</c> as it was given; null when there is none.</summary>
    public string? Configuration { get; set; }

    /// <summary>The JSON object <c>webhook</c> as it was given; null when there is none.</summary>
    public string? Webhook { get; set; }

    /// <summary>The JSON object <c>profile</c> as it was given; null when there is none.</summary>
    public string? Profile { get; set; }

    /// <summary>The registration of an RCS sender's compliance; null when there is none.</summary>
    public string? ComplianceRegistrationSid { get; set; }

    /// <summary>When the account got it.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; }
}
