using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>Reads and locks the data for the sender selection of a batch of messages.</summary>
internal sealed class SenderSelectionStep(
    ComplianceOptions compliance, ThroughputOptions throughput, MediaLinks links, PoolCache pools, EmulatorClock clock)
{
    /// <summary>
    /// Whether messages get send slots. Then only one server at a time may assign them
    /// (<see cref="SenderBacklogStatements.LockSchedulingAsync"/>).
    /// </summary>
    public bool NeedsScheduling => throughput.Simulate;

    /// <summary>Reads the data for messages that the transaction has locked.</summary>
    public async Task<BatchSelection> BeginAsync(
        MessageTransaction work, IReadOnlyCollection<Message> messages, CancellationToken cancellation)
    {
        var opening = (SelectionOpening)work.Opening!;
        var services = await pools.TakeAsync(work.Db, opening.Versions, cancellation);
        work.Committed += () => PutBack(services, opening, work.Batch.Part<SelectionRows>().Used);
        var rules = opening.Facts.HasFlag(SelectionFacts.CarrierRules)
            ? await CarrierRuleReader.LockAsync(work.Db, messages, cancellation)
            : new CarrierRules([]);
        var context = await SelectionContext.ReadAsync(
            work.Db, compliance.EnforcedAt(clock.Now), [.. opening.Inputs.Values], services, rules, opening.Facts,
            cancellation);
        var schedule = throughput.Simulate
            ? await SendSchedule.LockAsync(
                work.Db, throughput.Rates, context.SendersFor(messages), clock.Now, cancellation)
            : null;
        return new(work.Batch, context, schedule, links)
        {
            Inputs = opening.Inputs,
            Rules = rules,
            WithoutSender = await FindWithoutSenderAsync(work.Db, messages, cancellation),
        };
    }

    private void PutBack(
        IEnumerable<ServicePool> services, SelectionOpening opening, IEnumerable<PoolSender> used)
    {
        var written = used.Select(sender => sender.Sid).ToHashSet();
        foreach (var service in services)
            pools.Put(service, opening.Versions[service.Service.Sid].After(opening.TransactionId, written));
    }

    private static async Task<IReadOnlySet<Sid>> FindWithoutSenderAsync(
        MessagingDb db, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        HashSet<Sid> found = [];
        foreach (var named in messages.Where(m => m is { Status: MessageStatus.Scheduled, From: not null })
            .GroupBy(m => (m.AccountSid, From: m.From!)))
        {
            var (account, from) = named.Key;
            if (SenderAddress.Parse(from) is not { } address
                || await db.FindSenderAsync(account, address, recipientCountry: null, cancellation) is null)
                found.UnionWith(named.Select(message => message.Sid));
        }

        return found;
    }
}
