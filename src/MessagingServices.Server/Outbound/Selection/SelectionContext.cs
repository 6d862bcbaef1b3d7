using MessagingServices.Server.Outbound.Carrier;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// All that sender selection depends on for some messages: Messaging Services, their pools, what they remember of the recipients and where
/// they are registered. Read at once; each selection then goes by those before it.
/// </summary>
internal sealed class SelectionContext
{
    private readonly Dictionary<Sid, MessagingService> services;
    private readonly Dictionary<Sid, SenderPool> pools;
    private readonly Dictionary<StickyKey, StickySender> sticky;
    private HashSet<Sid>? registered;
    private CarrierRules rules = new([]);
    private Dictionary<FallbackKey, PoolSender?> fallbacks = [];
    private ILookup<OptOutKey, string> optOuts = Enumerable.Empty<OptOut>().ToLookup(OptOutKey.Of, _ => "");

    private SelectionContext(IEnumerable<MessagingService> services, IEnumerable<PoolSender> members, IEnumerable<StickySender> sticky)
    {
        this.services = services.ToDictionary(service => service.Sid);
        pools = members.GroupBy(member => member.MessagingServiceSid).ToDictionary(pool => pool.Key, pool => new SenderPool(pool));
        this.sticky = sticky.ToDictionary(StickyKey.Of);
    }

    /// <summary>Reads what one question depends on, without locking anything.</summary>
    public static async Task<SelectionContext> ReadAsync(
        MessagingDb db, ComplianceOptions compliance, SelectionInput question, CancellationToken cancellation) =>
        await ReadAsync(db, compliance, [question], await CarrierRuleReader.ReadAsync(db, question.AccountSid, question.To.Number.E164, cancellation), cancellation);

    /// <summary>Reads what the questions depend on, besides the carrier rules; whoever acts on the answers has locked the services.</summary>
    public static async Task<SelectionContext> ReadAsync(
        MessagingDb db, ComplianceOptions compliance, IReadOnlyCollection<SelectionInput> questions, CarrierRules rules,
        CancellationToken cancellation)
    {
        var sids = questions.Select(question => question.MessagingServiceSid).Distinct().ToList();
        var recipients = questions.Select(question => question.To.Number.E164).Distinct().ToList();
        var fallbacks = await ReadFallbacksAsync(db, questions, cancellation);
        var senders = fallbacks.Values.OfType<PoolSender>().Select(sender => sender.MessagingServiceSid).Concat(sids).Distinct().ToList();
        return new(
            await db.MessagingServices.AsNoTracking().Where(service => sids.Contains(service.Sid)).ToListAsync(cancellation),
            await db.PoolSenders.AsNoTracking().Where(sender => sids.Contains(sender.MessagingServiceSid)).OrderBy(sender => sender.Ordinal)
                .ToListAsync(cancellation),
            await db.StickySenders.AsNoTracking()
                .Where(memory => sids.Contains(memory.MessagingServiceSid) && recipients.Contains(memory.To)).ToListAsync(cancellation))
        {
            rules = rules,
            fallbacks = fallbacks,
            optOuts = (await db.OptOuts.AsNoTracking().Where(optOut => recipients.Contains(optOut.Recipient)).ToListAsync(cancellation))
                .ToLookup(OptOutKey.Of, optOut => optOut.Scope),
            registered = compliance.EnforceA2P
                ? await db.A2pCampaigns.Where(campaign => senders.Contains(campaign.MessagingServiceSid))
                    .Select(campaign => campaign.MessagingServiceSid).ToHashSetAsync(cancellation)
                : null,
        };
    }

    /// <summary>The Messaging Service; null when there is none any more.</summary>
    public MessagingService? ServiceOf(SelectionInput question) =>
        services.GetValueOrDefault(question.MessagingServiceSid) is { } service && service.AccountSid == question.AccountSid ? service : null;

    /// <summary>What the recipient has opted out of, for people: the Messaging Service or this sender; null for neither, and for automatic answers.</summary>
    public string? OptOutOf(SelectionInput question, string? sender)
    {
        if (question.IsAutomatic) return null;
        var optedOutOf = optOuts[OptOutKey.Of(question)];
        return optedOutOf.Contains(question.MessagingServiceSid.Value) ? "the Messaging Service"
            : sender is not null && optedOutOf.Contains(sender) ? $"the sender {sender}" : null;
    }

    /// <summary>All senders that the messages may get: those of the pools, the fallbacks, and those that messages name.</summary>
    public IReadOnlyCollection<(Sid Account, string Address)> SendersFor(IEnumerable<Message> messages) =>
    [
        .. pools.Values.SelectMany(pool => pool.Senders).Concat(fallbacks.Values.OfType<PoolSender>()).Select(sender => (sender.AccountSid, sender.Address))
            .Concat(messages.Where(message => message.From is not null).Select(message => (message.AccountSid, message.From!))).Distinct(),
    ];

    /// <summary>Selects a sender; the Messaging Service must exist.</summary>
    /// <param name="question">What it is selected for.</param>
    /// <param name="segmentsWaiting">How many segments wait for a sender of MMS or else of SMS; null where senders send everything at once.</param>
    /// <returns>
    /// The choice; the carrier rules that told whether the handset takes RCS and its carrier MMS: a message that goes by them uses them; of those
    /// that apply to a percentage, all that were asked, which draw; and whether the MMS Converter makes the message an SMS.
    /// </returns>
    public (SenderChoice Choice, IReadOnlyCollection<CarrierRule> Asked, IReadOnlyCollection<CarrierRule> Drawing, bool IsConverted) Select(
        SelectionInput question, Func<PoolSender, bool, long>? segmentsWaiting = null)
    {
        if (OptOutOf(question, sender: null) is { } optedOut) return (SenderChoice.OptedOut(optedOut), [], [], false);
        var service = services[question.MessagingServiceSid];
        var fallback = Fallback(question);
        var (withoutRcs, asked, drawing) = ResolveRcs(question);
        var request = new SelectionRequest(question.To, question.HasMedia)
        {
            AreaCodeGeomatch = service.AreaCodeGeomatch,
            StickySender = service.StickySender && fallback is null ? sticky.GetValueOrDefault(StickyKey.Of(question))?.SenderSid : null,
            FallbackFrom = fallback,
            WithoutRcsFrom = withoutRcs,
            RegisteredServices = registered,
            SegmentsWaiting = Waiting(question.HasMedia),
        };
        var choice = SenderSelector.Select(request, Pool(question));
        if (choice is not SenderChoice.Chosen { Sender: var sender }) return (choice, asked, drawing, false);
        var (isConverted, rule, drawingForMms) = ResolveMms(question, sender.Address);
        if (rule is not null) asked.Add(rule);
        drawing.UnionWith(drawingForMms);
        if (isConverted) choice = SenderSelector.Select(request with { IsConverted = true, SegmentsWaiting = Waiting(isMms: false) }, Pool(question));
        if (choice is SenderChoice.Chosen chosen && OptOutOf(question, chosen.Sender.Address) is { } ofSender) choice = SenderChoice.OptedOut(ofSender, choice);
        return (choice, asked, drawing, isConverted);

        Func<PoolSender, long>? Waiting(bool isMms) => segmentsWaiting is null ? null : candidate => segmentsWaiting(candidate, isMms);
    }

    /// <summary>
    /// Whether the MMS Converter makes the message an SMS: the Messaging Service, which must exist, has it on, and the recipient's carrier takes
    /// no MMS from the sender that it would have as MMS. With the carrier rule that told, if any, and those that draw.
    /// </summary>
    public (bool IsConverted, CarrierRule? Asked, IReadOnlyCollection<CarrierRule> Drawing) ResolveMms(SelectionInput question, string from)
    {
        if (!question.HasMedia || !services[question.MessagingServiceSid].MmsConverter) return (false, null, []);
        var message = new CarrierMessage(default, question.AccountSid, question.To.Value, from, question.Body, HasMedia: true);
        if (message.Channel != Channel.Sms) return (false, null, []);
        var rule = rules.MmsRule(message);
        return (rule?.SupportsMms == false, rule, [.. rules.SampledRulesForMms(message)]);
    }

    /// <summary>Notes that the chosen sender is used. False when it is no member of the pool.</summary>
    public bool Use(SelectionInput question, PoolSender chosen)
    {
        if (chosen.MessagingServiceSid != question.MessagingServiceSid) return false;
        Pool(question).Use(chosen);
        return true;
    }

    /// <summary>
    /// Notes what the choice makes of the recipient's sticky sender.
    /// </summary>
    /// <returns>What must be remembered from now on, and what forgotten; null where nothing changes.</returns>
    public (StickySender? Remembered, StickySender? Forgotten) UpdateStickySender(SelectionInput question, SenderChoice choice, DateTimeOffset now)
    {
        if (!services[question.MessagingServiceSid].StickySender || Fallback(question) is not null) return default;
        var key = StickyKey.Of(question);
        var before = sticky.GetValueOrDefault(key);
        // That a sender cannot carry this one message's media says nothing of the next one.
        if (before is not null && choice.RemovedBy(before.SenderSid) == nameof(MediaCapability)) return default;
        switch (choice)
        {
            case SenderChoice.Chosen { Sender: { Type: not SenderType.Rcs } sender } when before is not { IsUsed: true } || before.SenderSid != sender.Sid:
                return (sticky[key] = new(sender, question.To, now), null);
            case SenderChoice.NoSender when before is not null && choice.RemovedBy(before.SenderSid) is not null:
                sticky.Remove(key);
                return (null, before);
            default:
                return default;
        }
    }

    private SenderPool Pool(SelectionInput question)
    {
        if (!pools.TryGetValue(question.MessagingServiceSid, out var pool)) pools.Add(question.MessagingServiceSid, pool = new([]));
        return pool;
    }

    /// <summary>A recipient written with <c>rcs:</c> has no fallback: the carrier tells whether the handset takes RCS.</summary>
    private (IReadOnlySet<string> WithoutRcs, HashSet<CarrierRule> Asked, HashSet<CarrierRule> Drawing) ResolveRcs(SelectionInput question)
    {
        var withoutRcs = new HashSet<string>();
        var asked = new HashSet<CarrierRule>();
        var drawing = new HashSet<CarrierRule>();
        if (question.To.Channel != Channel.Sms) return (withoutRcs, asked, drawing);
        foreach (var sender in Pool(question).Senders)
        {
            if (sender.Type != SenderType.Rcs) continue;
            drawing.UnionWith(rules.SampledRulesForRcs(question.AccountSid, question.To.Value, sender.Address, question.Body));
            if (rules.RcsRule(question.AccountSid, question.To.Value, sender.Address, question.Body) is not { } rule) continue;
            asked.Add(rule);
            if (rule.SupportsRcs == false) withoutRcs.Add(sender.Address);
        }

        return (withoutRcs, asked, drawing);
    }

    /// <summary>
    /// The fallback sender; as the member of the pool where it is one. Null also when the account has given it away since: then the pool
    /// decides.
    /// </summary>
    private PoolSender? Fallback(SelectionInput question)
    {
        if (FallbackKey.Of(question) is not { } key || fallbacks.GetValueOrDefault(key) is not { } fallback) return null;
        return Pool(question).Senders.FirstOrDefault(member => fallback.Type == SenderType.Alphanumeric
            ? member.Type == fallback.Type && member.Address == fallback.Address && (member.Country ?? question.To.Country) == question.To.Country
            : member.Sid == fallback.Sid) ?? fallback;
    }

    private static async Task<Dictionary<FallbackKey, PoolSender?>> ReadFallbacksAsync(
        MessagingDb db, IEnumerable<SelectionInput> questions, CancellationToken cancellation)
    {
        Dictionary<FallbackKey, PoolSender?> found = [];
        foreach (var key in questions.Select(FallbackKey.Of).OfType<FallbackKey>().Distinct())
        {
            found.Add(key, SenderAddress.Parse(key.Address) is { } address
                ? await db.FindSenderAsync(key.Account, address, key.Country, cancellation)
                : null);
        }

        return found;
    }

    private readonly record struct OptOutKey(Sid Account, Channel Group, string To)
    {
        public static OptOutKey Of(OptOut optOut) => new(optOut.AccountSid, optOut.Channel, optOut.Recipient);

        public static OptOutKey Of(SelectionInput question) => new(question.AccountSid, OptOut.GroupOf(question.To.Channel), question.To.Number.E164);
    }

    /// <summary>The country tells short codes of the same digits apart.</summary>
    private readonly record struct FallbackKey(Sid Account, string Address, string? Country)
    {
        public static FallbackKey? Of(SelectionInput question) => question is { FallbackFrom: { } address, To.Channel: Channel.Sms }
            ? new(question.AccountSid, address, ShortCode.IsCode(address) ? question.To.Country : null)
            : null;
    }

    private readonly record struct StickyKey(Sid Service, Channel Channel, string To)
    {
        public static StickyKey Of(StickySender memory) => new(memory.MessagingServiceSid, memory.Channel, memory.To);

        public static StickyKey Of(SelectionInput question) => new(question.MessagingServiceSid, question.To.Channel, question.To.Number.E164);
    }
}
