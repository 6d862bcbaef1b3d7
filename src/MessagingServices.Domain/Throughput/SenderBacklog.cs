namespace MessagingServices.Domain.Throughput;

/// <summary>
/// What waits to be sent by one sender: when it will have sent all of it. Messages are sent in the order in which they came, so a message's
/// turn is known when it joins.
/// </summary>
/// <param name="accountSid">Whose sender it is.</param>
/// <param name="name">The queue's name; see <see cref="SendingRate.Queue"/>.</param>
public sealed class SenderBacklog(Sid accountSid, string name)
{
    /// <summary>How much may wait: what the sender sends in this time. Source: the same as of <see cref="SendingRates"/>.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    /// <summary>Whose sender it is.</summary>
    public Sid AccountSid { get; private init; } = accountSid;

    /// <summary>The queue's name within the account.</summary>
    public string Name { get; private init; } = name;

    /// <summary>When everything will have been sent that has joined, on the emulator's clock.</summary>
    public DateTimeOffset FreeAt { get; private set; }

    /// <summary>How long a message that joins now would wait.</summary>
    public TimeSpan Wait(DateTimeOffset now) => FreeAt > now ? FreeAt - now : TimeSpan.Zero;

    /// <summary>How many segments (messages, of all but SMS) wait now, at a rate.</summary>
    public long Waiting(DateTimeOffset now, int perSecond) => ((Wait(now).Ticks * perSecond) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <summary>Whether so much waits that no more is taken.</summary>
    public bool IsFull(DateTimeOffset now) => Wait(now) >= Longest;

    /// <summary>A message joins.</summary>
    /// <param name="effort">What sending it takes.</param>
    /// <param name="now">When it joins.</param>
    /// <param name="validUntil">A message whose turn would come then or later is never sent: it takes no turn, and its end is all that it waits for.</param>
    /// <returns>When it is its turn; null when the queue is full.</returns>
    public DateTimeOffset? Join(SendingEffort effort, DateTimeOffset now, DateTimeOffset validUntil)
    {
        if (effort.Rate.HasLimit && IsFull(now)) return null;
        var turn = FreeAt > now ? FreeAt : now;
        if (turn >= validUntil) return validUntil;
        FreeAt = turn + effort.Duration;
        return turn;
    }
}
