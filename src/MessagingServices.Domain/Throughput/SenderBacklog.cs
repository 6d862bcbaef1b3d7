namespace MessagingServices.Domain.Throughput;

/// <summary>
/// The send queue of one sender, as the time when it will be empty. Messages are sent in the order of their arrival, so
/// the send slot of each message is known when it is queued.
/// </summary>
/// <param name="accountSid">The account that owns the sender.</param>
/// <param name="name">The queue's name; see <see cref="SendingRate.Queue"/>.</param>
public sealed class SenderBacklog(Sid accountSid, string name)
{
    /// <summary>
    /// The capacity of the queue: the amount that the sender sends in this time. Source: that of
    /// <see cref="SendingRates"/>.
    /// </summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(10);

    public Sid AccountSid { get; private init; } = accountSid;

    /// <summary>The queue's name within the account.</summary>
    public string Name { get; private init; } = name;

    /// <summary>The time at which the queue will be empty, on the emulator's clock.</summary>
    public DateTimeOffset FreeAt { get; private set; }

    /// <summary>The wait of a message that is queued now.</summary>
    public TimeSpan Wait(DateTimeOffset now) => FreeAt > now ? FreeAt - now : TimeSpan.Zero;

    /// <summary>The number of queued segments (messages for MMS, RCS and WhatsApp) at a rate.</summary>
    public long QueueLength(DateTimeOffset now, int perSecond) =>
        ((Wait(now).Ticks * perSecond) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <summary>Whether the queue is full.</summary>
    public bool IsFull(DateTimeOffset now) => Wait(now) >= MaxWait;

    /// <summary>Reserves the send slot of a message.</summary>
    /// <param name="effort">The rate and the size of the message.</param>
    /// <param name="now">The time of the reservation.</param>
    /// <param name="validUntil">
    /// The end of the validity period. A message whose slot would lie after it uses no capacity and gets this time as
    /// its slot.
    /// </param>
    /// <returns>The time of the send slot; null if the queue is full.</returns>
    public DateTimeOffset? Reserve(SendingEffort effort, DateTimeOffset now, DateTimeOffset validUntil)
    {
        if (effort.Rate.HasLimit && IsFull(now)) return null;
        var slot = FreeAt > now ? FreeAt : now;
        if (slot >= validUntil) return validUntil;
        FreeAt = slot + effort.Duration;
        return slot;
    }
}
