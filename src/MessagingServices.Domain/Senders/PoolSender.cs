namespace MessagingServices.Domain.Senders;

/// <summary>
/// A sender in the sender pool of one Messaging Service. It carries what sender selection needs, so that a selection reads one table.
/// </summary>
public sealed class PoolSender
{
    /// <summary>The most phone numbers and short codes of one pool.</summary>
    public const int MaxNumbers = 400;

    private PoolSender() { }

    /// <summary>Puts a phone number into a pool.</summary>
    public PoolSender(Sid messagingServiceSid, PhoneNumber number, DateTimeOffset now)
    {
        Sid = number.Sid;
        AccountSid = number.AccountSid;
        MessagingServiceSid = messagingServiceSid;
        Address = number.Number;
        Country = number.Country;
        IsTollFree = number.IsTollFree;
        Capabilities = number.Capabilities;
        DateCreated = DateUpdated = now;
    }

    /// <summary>The sender's own SID. A number is in one pool at a time, so it is the key.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order in which senders joined pools, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns both the sender and the Messaging Service.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>The Messaging Service whose pool it is in.</summary>
    public Sid MessagingServiceSid { get; private init; }

    /// <summary>What recipients see in <c>from</c>.</summary>
    public string Address { get; private init; } = "";

    /// <summary>ISO 3166 code of its country; null for a toll-free number.</summary>
    public string? Country { get; private init; }

    /// <summary>Whether it is a toll-free number of the North American Numbering Plan; those serve the US and Canada only.</summary>
    public bool IsTollFree { get; private init; }

    /// <summary>What it can carry.</summary>
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
