using MessagingServices.Domain;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Services;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>
/// All that sender selection depends on for some messages: Messaging Services, their pools, what they remember of the recipients and where
/// they are registered. Read at once; each selection then goes by those before it.
/// </summary>
internal sealed class SelectionContext
{
    private readonly Dictionary<Sid, MessagingService> services;
    private readonly Dictionary<Sid, SenderPool> pools;
    private readonly Dictionary<StickyKey, StickySender> sticky;
    private readonly Dictionary<(Sid Account, string Address, string? Country), PoolSender> fallbacks = [];
    private readonly HashSet<Sid>? registered;
    private readonly CarrierRules rules;

    private SelectionContext(
        IEnumerable<MessagingService> services, IEnumerable<PoolSender> members, IEnumerable<StickySender> sticky, HashSet<Sid>? registered,
        CarrierRules rules)
    {
        this.rules = rules;
        this.services = services.ToDictionary(service => service.Sid);
        pools = members.GroupBy(member => member.MessagingServiceSid).ToDictionary(pool => pool.Key, pool => new SenderPool(pool));
        this.sticky = sticky.ToDictionary(StickyKey.Of);
        this.registered = registered;
    }

    /// <summary>Reads what one question depends on, without locking anything.</summary>
    public static async Task<SelectionContext> ReadAsync(
        MessagingDb db, ComplianceOptions compliance, SelectionQuestion question, CancellationToken cancellation) =>
        await ReadAsync(db, compliance, [question], await CarrierRules.ReadAsync(db, [question.AccountSid], cancellation), cancellation);

    /// <summary>Reads what the questions depend on, besides the carrier rules; whoever acts on the answers has locked the services.</summary>
    public static async Task<SelectionContext> ReadAsync(
        MessagingDb db, ComplianceOptions compliance, IReadOnlyCollection<SelectionQuestion> questions, CarrierRules rules,
        CancellationToken cancellation)
    {
        var sids = questions.Select(question => question.MessagingServiceSid).Distinct().ToList();
        var recipients = questions.Select(question => question.To.Number.E164).Distinct().ToList();
        var accounts = questions.Select(question => question.AccountSid).Distinct().ToList();
        var context = new SelectionContext(
            await db.MessagingServices.AsNoTracking().Where(service => sids.Contains(service.Sid)).ToListAsync(cancellation),
            await db.PoolSenders.AsNoTracking().Where(sender => sids.Contains(sender.MessagingServiceSid)).OrderBy(sender => sender.Ordinal)
                .ToListAsync(cancellation),
            await db.StickySenders.AsNoTracking()
                .Where(memory => sids.Contains(memory.MessagingServiceSid) && recipients.Contains(memory.To)).ToListAsync(cancellation),
            compliance.EnforceA2P
                ? await db.A2pCampaigns.Where(campaign => accounts.Contains(campaign.AccountSid)).Select(campaign => campaign.MessagingServiceSid)
                    .ToHashSetAsync(cancellation)
                : null,
            rules);
        foreach (var question in questions) await context.ReadFallbackAsync(db, question, cancellation);
        return context;
    }

    /// <summary>The Messaging Service; null when there is none any more.</summary>
    public MessagingService? ServiceOf(SelectionQuestion question) =>
        services.GetValueOrDefault(question.MessagingServiceSid) is { } service && service.AccountSid == question.AccountSid ? service : null;

    /// <summary>The carrier rules that tell whether the recipient's handset takes RCS from the pool's senders.</summary>
    public IEnumerable<CarrierRule> RcsRules(SelectionQuestion question) => RcsSenders(question)
        .Select(sender => RcsRule(question, sender)).OfType<CarrierRule>().Distinct();

    /// <summary>Selects a sender; the Messaging Service must exist.</summary>
    public SenderChoice Select(SelectionQuestion question)
    {
        var service = services[question.MessagingServiceSid];
        var fallback = Fallback(question);
        return SenderSelector.Select(new(question.To, question.HasMedia)
        {
            AreaCodeGeomatch = service.AreaCodeGeomatch,
            StickySender = service.StickySender && fallback is null ? sticky.GetValueOrDefault(StickyKey.Of(question))?.SenderSid : null,
            FallbackFrom = fallback,
            WithoutRcsFrom = RcsSenders(question).Where(sender => RcsRule(question, sender) is { SupportsRcs: false })
                .Select(sender => sender.Address).ToHashSet(),
            RegisteredServices = registered,
        }, Pool(question));
    }

    /// <summary>Notes that the chosen sender is used. False when it is no member of the pool.</summary>
    public bool Use(SelectionQuestion question, PoolSender chosen)
    {
        if (chosen.MessagingServiceSid != question.MessagingServiceSid) return false;
        Pool(question).Use(chosen);
        return true;
    }

    /// <summary>
    /// Notes what the choice makes of the recipient's sticky sender.
    /// </summary>
    /// <returns>What must be remembered from now on, and what forgotten; null where nothing changes.</returns>
    public (StickySender? Remembered, StickySender? Forgotten) Stick(SelectionQuestion question, SenderChoice choice, DateTimeOffset now)
    {
        if (!services[question.MessagingServiceSid].StickySender || Fallback(question) is not null) return default;
        var key = StickyKey.Of(question);
        var before = sticky.GetValueOrDefault(key);
        switch (choice)
        {
            case SenderChoice.Chosen { Sender: { Type: not SenderType.Rcs } sender } when before is not { IsUsed: true } || before.SenderSid != sender.Sid:
                return (sticky[key] = new(sender, question.To, now), null);
            // That a sender cannot carry this one message's media says nothing of the next one.
            case SenderChoice.Refused when before is not null && choice.RemovedBy(before.SenderSid) is not (null or nameof(MediaCapability)):
                sticky.Remove(key);
                return (null, before);
            default:
                return default;
        }
    }

    private SenderPool Pool(SelectionQuestion question)
    {
        if (!pools.TryGetValue(question.MessagingServiceSid, out var pool)) pools.Add(question.MessagingServiceSid, pool = new([]));
        return pool;
    }

    /// <summary>A recipient written with <c>rcs:</c> has no fallback: the carrier tells whether the handset takes RCS.</summary>
    private IEnumerable<PoolSender> RcsSenders(SelectionQuestion question) => question.To.Channel == Channel.Sms
        ? Pool(question).Senders.Where(sender => sender.Type == SenderType.Rcs)
        : [];

    private CarrierRule? RcsRule(SelectionQuestion question, PoolSender sender) =>
        rules.RcsRule(question.AccountSid, question.To.Value, sender.Address, question.Body);

    private PoolSender? Fallback(SelectionQuestion question) => question is { FallbackFrom: { } address, To.Channel: Channel.Sms }
        ? fallbacks.GetValueOrDefault((question.AccountSid, address, question.To.Country))
        : null;

    /// <summary>A fallback sender that the account has given away since counts as none: the pool decides.</summary>
    private async Task ReadFallbackAsync(MessagingDb db, SelectionQuestion question, CancellationToken cancellation)
    {
        if (question.FallbackFrom is not { } text || SenderAddress.Parse(text) is not { } address) return;
        var key = (question.AccountSid, text, question.To.Country);
        if (fallbacks.ContainsKey(key)) return;
        var found = await db.FindSenderAsync(question.AccountSid, address, question.To.Country, cancellation);
        if (found is null) return;
        // A member of the pool is one sender, not two.
        fallbacks.Add(key, Pool(question).Senders.FirstOrDefault(member => member.Sid == found.Sid) ?? found);
    }

    private readonly record struct StickyKey(Sid Service, Channel Channel, string To)
    {
        public static StickyKey Of(StickySender memory) => new(memory.MessagingServiceSid, memory.Channel, memory.To);

        public static StickyKey Of(SelectionQuestion question) => new(question.MessagingServiceSid, question.To.Channel, question.To.Number.E164);
    }
}
