using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>
/// The queues of some senders. Messages join them one after the other; the queues that changed are written with the batch that moves the
/// messages.
/// </summary>
internal sealed class SendSchedule
{
    private readonly SendingRates rates;
    private readonly Dictionary<(Sid Account, string Name), SenderBacklog> queues;
    private readonly HashSet<(Sid Account, string Address)> withCampaign;

    private SendSchedule(SendingRates rates, IEnumerable<SenderBacklog> queues, HashSet<(Sid, string)> withCampaign)
    {
        (this.rates, this.withCampaign) = (rates, withCampaign);
        this.queues = queues.ToDictionary(queue => (queue.AccountSid, queue.Name));
    }

    /// <summary>
    /// Reads the queues of senders and locks them until the transaction ends, so that no two servers give one turn twice.
    /// Lock queue, messages, Messaging Services and carrier rules first.
    /// </summary>
    public static async Task<SendSchedule> LockAsync(
        MessagingDb db, SendingRates rates, IReadOnlyCollection<(Sid Account, string Address)> senders, CancellationToken cancellation) =>
        new(rates, await db.LockSenderBacklogsAsync(QueuesOf(senders), cancellation), await FindWithCampaignAsync(db, senders, cancellation));

    /// <summary>Reads the queues without locking anything, to answer what would happen now.</summary>
    public static async Task<SendSchedule> ReadAsync(
        MessagingDb db, SendingRates rates, IReadOnlyCollection<(Sid Account, string Address)> senders, CancellationToken cancellation) =>
        new(rates, await db.ReadSenderBacklogsAsync(QueuesOf(senders), cancellation), await FindWithCampaignAsync(db, senders, cancellation));

    /// <summary>Tells how many segments wait for a sender, at its rate for the message in question, as MMS or as SMS.</summary>
    internal Func<PoolSender, bool, long> WaitingFor(string? country, DateTimeOffset now) => (sender, isMms) =>
    {
        var rate = rates.RateOf(sender.Type, sender.Address, country, isMms,
            withCampaign.Contains((sender.AccountSid, sender.Address)));
        return queues.TryGetValue((sender.AccountSid, rate.Queue), out var queue) ? queue.QueueLength(now, rate.PerSecond) : 0;
    };

    /// <summary>Whether no message from the sender would be taken now.</summary>
    internal bool IsFull(Sid account, SenderAddress sender, string? country, bool isMms, DateTimeOffset now)
    {
        var rate = rates.RateOf(sender.Type, sender.Value, country, isMms, withCampaign.Contains((account, sender.Value)));
        return rate.HasLimit && queues.TryGetValue((account, rate.Queue), out var queue) && queue.IsFull(now);
    }

    /// <summary>A message that has its sender joins its queue.</summary>
    /// <returns>When it is its turn; null when the queue is full.</returns>
    public DateTimeOffset? Join(Message message, DateTimeOffset now, WriteBatch batch)
    {
        var effort = rates.EffortOf(message, withCampaign.Contains((message.AccountSid, message.From!)));
        var queue = queues[(message.AccountSid, effort.Rate.Queue)];
        var turn = queue.Reserve(effort, now, message.ValidUntil);
        batch.Part<ScheduleRows>().Save(queue);
        return turn;
    }

    /// <summary>Each sender's own queue, and those that the account's numbers share.</summary>
    private static List<(Sid Account, string Name)> QueuesOf(IReadOnlyCollection<(Sid Account, string Address)> senders) =>
    [
        .. senders.Concat(senders.SelectMany(sender => SendingRates.SharedQueues.Select(name => (sender.Account, name)))).Distinct(),
    ];

    private static async Task<HashSet<(Sid, string)>> FindWithCampaignAsync(
        MessagingDb db, IReadOnlyCollection<(Sid Account, string Address)> senders, CancellationToken cancellation)
    {
        var accounts = senders.Select(sender => sender.Account).Distinct().ToList();
        var addresses = senders.Select(sender => sender.Address).Distinct().ToList();
        var found = await db.PoolSenders
            .Where(sender => accounts.Contains(sender.AccountSid) && addresses.Contains(sender.Address)
                && db.A2pCampaigns.Any(campaign => campaign.MessagingServiceSid == sender.MessagingServiceSid))
            .Select(sender => new { sender.AccountSid, sender.Address }).ToListAsync(cancellation);
        return [.. found.Select(sender => (sender.AccountSid, sender.Address))];
    }
}
