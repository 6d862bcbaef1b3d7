using MessagingServices.Server.Outbound.Carrier;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// The data that sender selection for some messages depends on: Messaging Services, their pools, sticky senders,
/// fallback senders, opt-outs, campaigns and carrier rules. All of it is read before the first selection. Each
/// selection then sees the changes of those before it.
/// </summary>
internal sealed class SelectionContext
{
    private readonly Dictionary<Sid, MessagingService> services;
    private readonly Dictionary<Sid, SenderPool> pools;
    private readonly Dictionary<StickyKey, StickySender> sticky;
    private SelectionRegistrations registrations = SelectionRegistrations.NotEnforced;
    private CarrierRules rules = new([]);
    private Dictionary<FallbackKey, PoolSender?> fallbacks = [];
    private ILookup<OptOutKey, string> optOuts = Enumerable.Empty<OptOut>().ToLookup(OptOutKey.Of, _ => "");

    private SelectionContext(IReadOnlyCollection<ServicePool> services, IEnumerable<StickySender> sticky)
    {
        this.services = services.ToDictionary(known => known.Service.Sid, known => known.Service);
        pools = services.ToDictionary(known => known.Service.Sid, known => known.Pool);
        this.sticky = sticky.ToDictionary(StickyKey.Of);
    }

    /// <summary>Reads the data for one message, with its carrier rules. It locks nothing.</summary>
    /// <param name="db">The database.</param>
    /// <param name="registeredAt">The time of an account when its numbers must be registered; null where that is not
    /// enforced.</param>
    /// <param name="input">The message.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<SelectionContext> ReadAsync(
        MessagingDb db, Func<Sid, DateTimeOffset>? registeredAt, SelectionInput input, CancellationToken cancellation)
    {
        var rules = await CarrierRuleReader.ReadAsync(db, input.AccountSid, input.To.Handset, cancellation);
        var services = await PoolCache.ReadAsync(db, [input.MessagingServiceSid], cancellation);
        return await ReadAsync(db, registeredAt, [input], services, rules, SelectionFacts.All, cancellation);
    }

    /// <summary>Reads the data for some messages.</summary>
    /// <param name="db">The database.</param>
    /// <param name="registeredAt">The time of an account when its numbers must be registered; null where that is not
    /// enforced.</param>
    /// <param name="inputs">The messages.</param>
    /// <param name="services">Their Messaging Services with pools, locked if the choices are stored.</param>
    /// <param name="rules">The carrier rules, locked likewise.</param>
    /// <param name="facts">What there is to read.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<SelectionContext> ReadAsync(
        MessagingDb db, Func<Sid, DateTimeOffset>? registeredAt, IReadOnlyCollection<SelectionInput> inputs,
        IReadOnlyCollection<ServicePool> services, CarrierRules rules, SelectionFacts facts,
        CancellationToken cancellation)
    {
        var sids = inputs.Select(input => input.MessagingServiceSid).Distinct().ToList();
        var accounts = inputs.Select(input => input.AccountSid).Distinct().ToList();
        var recipients = inputs.Select(input => input.To.Handset).Distinct().ToList();
        var fallbacks = await ReadFallbacksAsync(db, inputs, cancellation);
        var members = services.SelectMany(service => service.Pool.Senders).ToList();
        return new(
            services,
            !facts.HasFlag(SelectionFacts.StickySenders) ? [] : await db.StickySenders.AsNoTracking()
                .Where(entry => sids.Contains(entry.MessagingServiceSid) && recipients.Contains(entry.To))
                .ToListAsync(cancellation))
        {
            rules = rules,
            fallbacks = fallbacks,
            optOuts = (!facts.HasFlag(SelectionFacts.OptOuts) ? [] : await db.OptOuts.AsNoTracking()
                .Where(optOut => accounts.Contains(optOut.AccountSid) && recipients.Contains(optOut.Recipient))
                .ToListAsync(cancellation))
                .ToLookup(OptOutKey.Of, optOut => optOut.Scope),
            registrations = registeredAt is { } now
                ? await SelectionRegistrations.ReadAsync(
                    db, [.. members, .. fallbacks.Values.OfType<PoolSender>()], now, cancellation)
                : SelectionRegistrations.NotEnforced,
        };
    }

    /// <summary>Returns the Messaging Service; null when it has been deleted or belongs to another account.</summary>
    public MessagingService? ServiceOf(SelectionInput input) =>
        services.GetValueOrDefault(input.MessagingServiceSid) is { } service && service.AccountSid == input.AccountSid
            ? service
            : null;

    /// <summary>
    /// Describes the opt-out that forbids the message: from the Messaging Service, or from this sender. Null when there
    /// is none, and for automatic replies.
    /// </summary>
    public string? OptOutOf(SelectionInput input, string? sender)
    {
        if (input.IsAutomatic) return null;
        var optedOutOf = optOuts[OptOutKey.Of(input)];
        return optedOutOf.Contains(input.MessagingServiceSid.Value) ? "the Messaging Service"
            : sender is not null && optedOutOf.Contains(sender) ? $"the sender {sender}" : null;
    }

    /// <summary>
    /// Returns all senders that the messages may use: those of the pools, the fallbacks, and those that messages name.
    /// </summary>
    public IReadOnlyCollection<(Sid Account, string Address)> SendersFor(IEnumerable<Message> messages)
    {
        var named = messages.Where(message => message.From is not null)
            .Select(message => (message.AccountSid, message.From!));
        return
        [
            .. pools.Values.SelectMany(pool => pool.Senders).Concat(fallbacks.Values.OfType<PoolSender>())
                .Select(sender => (sender.AccountSid, sender.Address)).Concat(named).Distinct(),
        ];
    }

    /// <summary>Selects a sender. The Messaging Service must exist.</summary>
    /// <param name="segmentsWaiting">
    /// Returns the number of segments that wait for a sender, for MMS (true) or SMS (false); null when throughput is
    /// not simulated.
    /// </param>
    /// <returns>
    /// The choice; the carrier rules that decided whether the handset supports RCS or MMS, which the message uses; the
    /// rules with a percentage, which sample the message; and whether the MMS Converter makes the message an SMS.
    /// </returns>
    public (SenderChoice Choice, IReadOnlyCollection<CarrierRule> Used, IReadOnlyCollection<CarrierRule> Sampled,
        bool IsConverted) Select(SelectionInput input, Func<PoolSender, bool, long>? segmentsWaiting = null)
    {
        if (OptOutOf(input, sender: null) is { } optedOut) return (SenderChoice.OptedOut(optedOut), [], [], false);
        var service = services[input.MessagingServiceSid];
        var fallback = Fallback(input);
        var (withoutRcs, used, sampled) = ResolveRcs(input);
        var request = new SelectionRequest(input.To, input.HasMedia)
        {
            AreaCodeGeomatch = service.AreaCodeGeomatch,
            StickySender = service.StickySender && fallback is null
                ? sticky.GetValueOrDefault(StickyKey.Of(input))?.SenderSid
                : null,
            FallbackFrom = fallback,
            WithoutRcsFrom = withoutRcs,
            SegmentsWaiting = Waiting(input.HasMedia),
        };
        var choice = SenderSelector.Select(registrations.ApplyTo(request, input.AccountSid), Pool(input));
        if (choice is not SenderChoice.Chosen { Sender: var sender }) return (choice, used, sampled, false);
        var (isConverted, rule, sampledForMms) = ResolveMms(input, sender.Address);
        if (rule is not null) used.Add(rule);
        sampled.UnionWith(sampledForMms);
        if (isConverted)
        {
            var asSms = request with { IsConverted = true, SegmentsWaiting = Waiting(isMms: false) };
            choice = SenderSelector.Select(asSms, Pool(input));
        }

        if (choice is SenderChoice.Chosen chosen && OptOutOf(input, chosen.Sender.Address) is { } ofSender)
            choice = SenderChoice.OptedOut(ofSender, choice);
        return (choice, used, sampled, isConverted);

        Func<PoolSender, long>? Waiting(bool isMms) =>
            segmentsWaiting is null ? null : candidate => segmentsWaiting(candidate, isMms);
    }

    /// <summary>
    /// Decides whether the MMS Converter makes the message an SMS. It does when the Messaging Service has it on and the
    /// handset does not support MMS: by a carrier rule, or because of its country. The Messaging Service must exist.
    /// </summary>
    /// <param name="from">The sender that would send the MMS.</param>
    /// <returns>The decision; the carrier rule that decided, if any; and the rules that sample the message.</returns>
    public (bool IsConverted, CarrierRule? Used, IReadOnlyCollection<CarrierRule> Sampled) ResolveMms(
        SelectionInput input, string from)
    {
        if (!input.HasMedia || !services[input.MessagingServiceSid].MmsConverter) return (false, null, []);
        var message = new CarrierMessage(default, input.AccountSid, input.To.Value, from, input.Body, HasMedia: true);
        if (message.Channel != Channel.Sms) return (false, null, []);
        var (isSupported, rule) = rules.SupportOfMms(message);
        return (!isSupported, rule, [.. rules.SampledRulesForMms(message)]);
    }

    /// <summary>Marks the chosen sender as used. Returns false when the sender is not a member of the pool.</summary>
    public bool Use(SelectionInput input, PoolSender chosen)
    {
        if (chosen.MessagingServiceSid != input.MessagingServiceSid) return false;
        Pool(input).Use(chosen);
        return true;
    }

    /// <summary>Updates the recipient's sticky sender after a choice.</summary>
    /// <returns>The sticky sender to store or the one to remove; both null when nothing changes.</returns>
    public (StickySender? Set, StickySender? Removed) UpdateStickySender(
        SelectionInput input, SenderChoice choice, DateTimeOffset now)
    {
        if (!services[input.MessagingServiceSid].StickySender || Fallback(input) is not null) return default;
        var key = StickyKey.Of(input);
        var before = sticky.GetValueOrDefault(key);
        // The sender cannot carry the media of this message. It may still carry the next message.
        if (before is not null && choice.RemovedBy(before.SenderSid) == nameof(MediaCapability)) return default;
        switch (choice)
        {
            case SenderChoice.Chosen { Sender: { Type: not SenderType.Rcs } sender }
                when before is not { IsUsed: true } || before.SenderSid != sender.Sid:
                return (sticky[key] = new(sender, input.To, now), null);
            case SenderChoice.NoSender when before is not null && choice.RemovedBy(before.SenderSid) is not null:
                sticky.Remove(key);
                return (null, before);
            default:
                return default;
        }
    }

    private SenderPool Pool(SelectionInput input)
    {
        if (!pools.TryGetValue(input.MessagingServiceSid, out var pool))
            pools.Add(input.MessagingServiceSid, pool = new([]));
        return pool;
    }

    // A recipient written with "rcs:" has no fallback: the carrier itself reports whether the handset supports RCS.
    private (IReadOnlySet<string> WithoutRcs, HashSet<CarrierRule> Used, HashSet<CarrierRule> Sampled) ResolveRcs(
        SelectionInput input)
    {
        var withoutRcs = new HashSet<string>();
        var used = new HashSet<CarrierRule>();
        var sampled = new HashSet<CarrierRule>();
        if (input.To.Channel != Channel.Sms) return (withoutRcs, used, sampled);
        var (account, to, body) = (input.AccountSid, input.To.Value, input.Body);
        foreach (var sender in Pool(input).Senders)
        {
            if (sender.Type != SenderType.Rcs) continue;
            sampled.UnionWith(rules.SampledRulesForRcs(account, to, sender.Address, body));
            if (rules.RcsRule(account, to, sender.Address, body) is not { } rule) continue;
            used.Add(rule);
            if (rule.SupportsRcs == false) withoutRcs.Add(sender.Address);
        }

        return (withoutRcs, used, sampled);
    }

    /// <summary>
    /// Returns the fallback sender, as a member of the pool if it is one. Null also when the account no longer has the
    /// sender: then the pool decides.
    /// </summary>
    private PoolSender? Fallback(SelectionInput input)
    {
        if (FallbackKey.Of(input) is not { } key || fallbacks.GetValueOrDefault(key) is not { } fallback) return null;
        return Pool(input).Senders.FirstOrDefault(member => fallback.Type == SenderType.Alphanumeric
            ? member.Type == fallback.Type && member.Address == fallback.Address
                && (member.Country ?? input.To.Country) == input.To.Country
            : member.Sid == fallback.Sid) ?? fallback;
    }

    private static async Task<Dictionary<FallbackKey, PoolSender?>> ReadFallbacksAsync(
        MessagingDb db, IEnumerable<SelectionInput> inputs, CancellationToken cancellation)
    {
        Dictionary<FallbackKey, PoolSender?> found = [];
        foreach (var key in inputs.Select(FallbackKey.Of).OfType<FallbackKey>().Distinct())
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

        public static OptOutKey Of(SelectionInput input) =>
            new(input.AccountSid, OptOut.GroupOf(input.To.Channel), input.To.Handset);
    }

    /// <param name="Country">The recipient's country if the sender is a short code: two countries may use the same
    /// digits. Null for other senders.</param>
    private readonly record struct FallbackKey(Sid Account, string Address, string? Country)
    {
        public static FallbackKey? Of(SelectionInput input) =>
            input is { FallbackFrom: { } address, To.Channel: Channel.Sms }
                ? new(input.AccountSid, address, ShortCode.IsCode(address) ? input.To.Country : null)
                : null;
    }

    private readonly record struct StickyKey(Sid Service, Channel Channel, string To)
    {
        public static StickyKey Of(StickySender sticky) => new(sticky.MessagingServiceSid, sticky.Channel, sticky.To);

        public static StickyKey Of(SelectionInput input) =>
            new(input.MessagingServiceSid, input.To.Channel, input.To.Handset);
    }
}
