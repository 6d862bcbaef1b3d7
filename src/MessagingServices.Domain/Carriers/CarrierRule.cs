using MessagingServices.Domain.Rules;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// How the simulated carrier treats the messages that match. A rule can set the outcome, the delays and the
/// capabilities of the handset. A condition that is null matches every message; any other setting that is null is not
/// set by this rule.
/// </summary>
public sealed class CarrierRule : FaultRule
{
    private readonly List<CarrierRuleUse> uses = [];
    private readonly List<CarrierRuleSample> samples = [];

    private CarrierRule() { }

    /// <summary>Creates a rule with the prefix <c>CR</c> that matches every message and sets nothing.</summary>
    public CarrierRule(Sid sid, Sid accountSid, DateTimeOffset now) : base(sid, accountSid, now) { }

    /// <summary>The pattern of the recipients: an <see cref="AddressPattern"/>.</summary>
    public string? To { get; set; }

    /// <summary>The pattern of the senders: an <see cref="AddressPattern"/>.</summary>
    public string? From { get; set; }

    /// <summary>A text that the body contains. Case counts, and no character is special.</summary>
    public string? BodyContains { get; set; }

    /// <summary>The outcome of the message.</summary>
    public CarrierOutcome? Outcome { get; set; }

    /// <summary>The error code for the outcomes failed and undelivered; null for 30008.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>The delay before each report, in milliseconds, 0 to <see cref="RuleLimits.MaxDelayMs"/>.</summary>
    public int? DelayMs { get; set; }

    /// <summary>Whether the handset supports MMS.</summary>
    public bool? SupportsMms { get; set; }

    /// <summary>Whether the handset supports RCS.</summary>
    public bool? SupportsRcs { get; set; }

    /// <summary>Whether the handset supports WhatsApp.</summary>
    public bool? SupportsWhatsApp { get; set; }

    /// <summary>The loaded messages that used the rule.</summary>
    public IReadOnlyList<CarrierRuleUse> Uses => uses;

    /// <summary>
    /// The samples of the loaded messages, and the last sample of each of their recipients. Empty without
    /// <see cref="FaultRule.Percent"/>.
    /// </summary>
    public IReadOnlyList<CarrierRuleSample> Samples => samples;

    /// <summary>
    /// Whether the conditions match the message. <see cref="FaultRule.Times"/> and <see cref="FaultRule.Percent"/> are
    /// not checked.
    /// </summary>
    public bool Matches(CarrierMessage message) =>
        message.AccountSid == AccountSid
        && (To is null || AddressPattern.Matches(To, message.To))
        && (From is null || AddressPattern.Matches(From, message.From))
        && (BodyContains is null || message.Body.Contains(BodyContains, StringComparison.Ordinal));

    /// <summary>
    /// Whether the rule applies: its conditions match, <see cref="FaultRule.Times"/> is not used up, and
    /// <see cref="FaultRule.Percent"/> selects the message.
    /// </summary>
    public bool AppliesTo(CarrierMessage message) => IsLeftFor(message.MessageSid) && Matches(message)
        && (Percent is null || Selects(message.Handset, NumberOf(message)));

    /// <summary>
    /// Assigns a sample number to a message that the rule matches. It does nothing if the message has one, if the rule
    /// has no <see cref="FaultRule.Percent"/>, or if <see cref="FaultRule.Times"/> is used up.
    /// </summary>
    /// <returns>The new sample; null if none was assigned.</returns>
    public CarrierRuleSample? Sample(CarrierMessage message)
    {
        if (Percent is null || !IsLeftFor(message.MessageSid)
            || samples.Exists(sample => sample.MessageSid == message.MessageSid))
            return null;
        var added = new CarrierRuleSample(Sid, message.MessageSid, message.Handset, NumberOf(message));
        samples.Add(added);
        return added;
    }

    /// <summary>Adds samples that were assigned before.</summary>
    public void Load(IEnumerable<CarrierRuleSample> before) => samples.AddRange(before);

    /// <summary>
    /// Counts a message that used the rule. Each message counts once, and none without <see cref="FaultRule.Times"/>.
    /// </summary>
    public void Use(Sid message)
    {
        if (Times is null || IsUsedBy(message)) return;
        uses.Add(new(Sid, message));
        Use();
    }

    private long NumberOf(CarrierMessage message) =>
        samples.Find(sample => sample.MessageSid == message.MessageSid)?.Number
        ?? samples.Where(sample => sample.Recipient == message.Handset).Select(sample => sample.Number)
            .DefaultIfEmpty().Max() + 1;

    private bool IsLeftFor(Sid message) => IsLeft || IsUsedBy(message);

    private bool IsUsedBy(Sid message) => uses.Exists(use => use.MessageSid == message);
}

/// <summary>How the simulated carrier ends a delivery.</summary>
public enum CarrierOutcome
{
    Delivered,

    /// <summary>The message is sent and not delivered.</summary>
    Undelivered,

    /// <summary>The message is not sent.</summary>
    Failed,

    /// <summary>The message is sent, and no further report follows.</summary>
    Sent,

    /// <summary>The message is delivered and read. On SMS it is only delivered.</summary>
    Read,
}
