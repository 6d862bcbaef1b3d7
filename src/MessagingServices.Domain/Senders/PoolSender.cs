namespace MessagingServices.Domain.Senders;

/// <summary>
/// A sender in the sender pool of one Messaging Service. It carries what sender selection needs, so that a selection reads one table.
/// </summary>
public sealed class PoolSender
{
    /// <summary>The most phone numbers and short codes of one pool.</summary>
    public const int MaxNumbers = 400;

    /// <summary>The types of which a pool holds <see cref="MaxNumbers"/> together.</summary>
    public static readonly IReadOnlyList<SenderType> NumberTypes = [SenderType.LongCode, SenderType.TollFree, SenderType.ShortCode];

    private string? areaCode;

    private PoolSender() { }

    /// <summary>Puts a phone number into a pool.</summary>
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

    /// <summary>Puts a short code into a pool.</summary>
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

    /// <summary>Puts a WhatsApp or RCS sender into a pool, with the countries in which it is approved now.</summary>
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

    /// <summary>Puts an alphanumeric sender into a pool.</summary>
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

    /// <summary>The sender's own SID (<c>PN</c>, <c>SC</c>, <c>AI</c>, <c>XE</c>). A sender is in one pool at a time, so it is the key.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order in which senders joined pools, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns both the sender and the Messaging Service.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public Sid MessagingServiceSid { get; private init; }

    /// <summary>What recipients see in <c>from</c>.</summary>
    public string Address { get; private init; } = "";

    /// <summary>Which kind of sender it is.</summary>
    public SenderType Type { get; private init; }

    /// <summary>
    /// ISO 3166 code of its country; for an alphanumeric sender the country that it is for. Null for a toll-free number, an RCS sender and
    /// an alphanumeric sender for all countries.
    /// </summary>
    public string? Country { get; private init; }

    /// <summary>ISO 3166 codes of the countries in which an RCS sender was approved when it joined the pool; empty for others.</summary>
    public IReadOnlyList<string> ApprovedCountries { get; private init; } = [];

    /// <summary>Whether it counts among the <see cref="MaxNumbers"/> of its pool.</summary>
    public bool CountsAsNumber => NumberTypes.Contains(Type);

    /// <summary>The three digits after +1 of a long code; null for other senders.</summary>
    public string? AreaCode => areaCode ??= Type == SenderType.LongCode && Address.StartsWith("+1", StringComparison.Ordinal) ? Address[2..5] : null;

    /// <summary>What it can carry as SMS and MMS; WhatsApp and RCS senders carry text and media always.</summary>
    public SenderCapabilities Capabilities { get; private init; }

    /// <summary>When it joined the pool.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>The same: pool members do not change.</summary>
    public DateTimeOffset DateUpdated { get; private init; }

    /// <summary>
    /// The pool's own count of uses when this sender was last chosen; 0 for never. The sender with the lowest is the least recently used.
    /// </summary>
    public long LastUsed { get; set; }
}
