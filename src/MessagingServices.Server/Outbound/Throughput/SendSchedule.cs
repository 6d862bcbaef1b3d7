using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>
/// The backlogs of some senders. It assigns send slots to messages, one message after the other. The batch that moves
/// the messages also writes the changed backlogs.
/// </summary>
internal sealed class SendSchedule
{
    private readonly SendingRates rates;
    private readonly Dictionary<(Sid Account, string Name), SenderBacklog> backlogs;
    private readonly HashSet<(Sid Account, string Address)> withCampaign;

    private SendSchedule(
        SendingRates rates, IEnumerable<SenderBacklog> backlogs, HashSet<(Sid, string)> withCampaign)
    {
        (this.rates, this.withCampaign) = (rates, withCampaign);
        this.backlogs = backlogs.ToDictionary(backlog => (backlog.AccountSid, backlog.Name));
    }

    /// <summary>
    /// Reads the backlogs of senders and locks them until the transaction ends. So two servers never assign the same
    /// slot. Lock queue entries, messages, Messaging Services and carrier rules first.
    /// </summary>
    public static async Task<SendSchedule> LockAsync(
        MessagingDb db, SendingRates rates, IReadOnlyCollection<(Sid Account, string Address)> senders,
        Func<Sid, DateTimeOffset> now, CancellationToken cancellation) => new(
        rates,
        await db.LockSenderBacklogsAsync(BacklogsOf(senders), cancellation),
        await db.FindWithCampaignAsync(senders, now, cancellation));

    /// <summary>Reads the backlogs of senders without locks, for a check or a dry run.</summary>
    public static async Task<SendSchedule> ReadAsync(
        MessagingDb db, SendingRates rates, IReadOnlyCollection<(Sid Account, string Address)> senders,
        Func<Sid, DateTimeOffset> now, CancellationToken cancellation) => new(
        rates,
        await db.ReadSenderBacklogsAsync(BacklogsOf(senders), cancellation),
        await db.FindWithCampaignAsync(senders, now, cancellation));

    /// <summary>
    /// Returns a function that counts the segments that wait for a sender. Its second argument is whether the message
    /// is an MMS, because the rate of the sender depends on it.
    /// </summary>
    /// <param name="country">The recipient's country.</param>
    internal Func<PoolSender, bool, long> WaitingFor(string? country, DateTimeOffset now) => (sender, isMms) =>
    {
        var rate = rates.RateOf(sender.Type, sender.Address, country, isMms,
            withCampaign.Contains((sender.AccountSid, sender.Address)));
        return backlogs.TryGetValue((sender.AccountSid, rate.Queue), out var backlog)
            ? backlog.QueueLength(now, rate.PerSecond)
            : 0;
    };

    /// <summary>Whether the sender's queue is full, so that it would reject a message now.</summary>
    internal bool IsFull(Sid account, SenderAddress sender, string? country, bool isMms, DateTimeOffset now)
    {
        var hasCampaign = withCampaign.Contains((account, sender.Value));
        var rate = rates.RateOf(sender.Type, sender.Value, country, isMms, hasCampaign);
        return rate.HasLimit && backlogs.TryGetValue((account, rate.Queue), out var backlog) && backlog.IsFull(now);
    }

    /// <summary>Reserves a send slot at the message's sender.</summary>
    /// <returns>The time of the slot; null when the sender's queue is full.</returns>
    public DateTimeOffset? Reserve(Message message, DateTimeOffset now, WriteBatch batch)
    {
        var effort = rates.EffortOf(message, withCampaign.Contains((message.AccountSid, message.From!)));
        var backlog = backlogs[(message.AccountSid, effort.Rate.Queue)];
        var slot = backlog.Reserve(effort, now, message.ValidUntil);
        batch.Part<ScheduleRows>().Save(backlog);
        return slot;
    }

    // Each sender's own backlog, and those that the account's numbers share.
    private static List<(Sid Account, string Name)> BacklogsOf(
        IReadOnlyCollection<(Sid Account, string Address)> senders)
    {
        var shared = senders.SelectMany(sender => SendingRates.SharedQueues.Select(name => (sender.Account, name)));
        return [.. senders.Concat(shared).Distinct()];
    }
}
