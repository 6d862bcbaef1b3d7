namespace MessagingServices.Domain.Senders;

/// <summary>
/// A sender in the pool of one Messaging Service. It contains all data for sender selection, so that a selection reads
/// one table.
/// </summary>
public sealed class PoolSender
{
    /// <summary>The maximum number of phone numbers and short codes in one pool.</summary>
    public const int MaxNumbers = 400;

    /// <summary>The types that <see cref="MaxNumbers"/> limits together.</summary>
    public static readonly IReadOnlyList<SenderType> NumberTypes =
        [SenderType.LongCode, SenderType.TollFree, SenderType.ShortCode];

    private string? areaCode;

    private PoolSender() { }

    /// <summary>Adds a phone number to a pool.</summary>
    public PoolSender(Sid messagingServiceSid, PhoneNumber number, DateTimeOffset now)
    {
        Sid = number.Sid;
        AccountSid = number.AccountSid;
        MessagingServiceSid = messagingServiceSid;
        Address = number.Number;
        Country = number.Country;
        Type = number.IsTollFree ? SenderType.TollFree : SenderType.LongCode;
        Capabilities = number.Capabilities;
        DateCreated = DateUpdated = now;
    }

    /// <summary>Adds a short code to a pool.</summary>
    public PoolSender(Sid messagingServiceSid, ShortCode shortCode, DateTimeOffset now)
    {
        Sid = shortCode.Sid;
        AccountSid = shortCode.AccountSid;
        MessagingServiceSid = messagingServiceSid;
        Address = shortCode.Code;
        Country = shortCode.Country;
        Type = SenderType.ShortCode;
        Capabilities = shortCode.Capabilities;
        DateCreated = DateUpdated = now;
    }

    /// <summary>Adds a WhatsApp or RCS sender to a pool, with the countries in which it is approved now.</summary>
    public PoolSender(Sid messagingServiceSid, ChannelSender sender, DateTimeOffset now)
    {
        Sid = sender.Sid;
        AccountSid = sender.AccountSid;
        MessagingServiceSid = messagingServiceSid;
        Address = sender.SenderId;
        Country = sender.Country;
        ApprovedCountries = sender.ApprovedCountries;
        Type = sender.Channel switch
        {
            Channel.Rcs => SenderType.Rcs,
            Channel.WhatsApp => SenderType.WhatsApp,
            Channel.Sms => throw new ArgumentException("Not a channel sender.", nameof(sender)),
        };
        DateCreated = DateUpdated = now;
    }

    /// <summary>Adds an alphanumeric sender to a pool.</summary>
    public PoolSender(Sid messagingServiceSid, AlphaSender sender, DateTimeOffset now)
    {
        Sid = sender.Sid;
        AccountSid = sender.AccountSid;
        MessagingServiceSid = messagingServiceSid;
        Address = sender.Name;
        Country = sender.Country;
        Type = SenderType.Alphanumeric;
        Capabilities = SenderCapabilities.Sms;
        DateCreated = DateUpdated = now;
    }

    /// <summary>
    /// The sender's own SID (<c>PN</c>, <c>SC</c>, <c>AI</c>, <c>XE</c>). It is the key, because a sender is in at most
    /// one pool.
    /// </summary>
    public Sid Sid { get; private init; }

    /// <summary>
    /// The SID in Twilio's <c>channel_install_sid</c>: that of a WhatsApp or RCS sender; null for all other senders.
    /// </summary>
    public Sid? ChannelInstallSid => Sid.Prefix == SidPrefix.ChannelSender ? Sid : null;

    /// <summary>The order of joining a pool, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns both the sender and the Messaging Service.</summary>
    public Sid AccountSid { get; private init; }

    public Sid MessagingServiceSid { get; private init; }

    /// <summary>The address in <c>from</c>, which recipients see.</summary>
    public string Address { get; private init; } = "";

    public SenderType Type { get; private init; }

    /// <summary>
    /// The ISO 3166 code of its country. Null for toll-free numbers, for RCS senders and for alphanumeric senders of
    /// all countries.
    /// </summary>
    public string? Country { get; private init; }

    /// <summary>
    /// The ISO 3166 codes of the countries in which an RCS sender was approved when it joined the pool; empty for
    /// others.
    /// </summary>
    public IReadOnlyList<string> ApprovedCountries { get; private init; } = [];

    /// <summary>Whether <see cref="MaxNumbers"/> counts it.</summary>
    public bool CountsAsNumber => NumberTypes.Contains(Type);

    /// <summary>The three digits after +1 of a long code; null for other senders.</summary>
    public string? AreaCode =>
        areaCode ??= Type == SenderType.LongCode && Address.StartsWith("+1", StringComparison.Ordinal)
            ? Address[2..5]
            : null;

    /// <summary>
    /// The support of SMS and MMS. WhatsApp and RCS senders always support text and media, without these flags.
    /// </summary>
    public SenderCapabilities Capabilities { get; private init; }

    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>Always equal to <see cref="DateCreated"/>, because members of a pool do not change.</summary>
    public DateTimeOffset DateUpdated { get; private init; }

    /// <summary>
    /// The pool's count of selections when this sender was last selected; 0 for never. The lowest value is the least
    /// recently used sender.
    /// </summary>
    public long LastUsed { get; set; }
}
