
namespace MessagingServices.Domain.Carriers;

/// <summary>
/// How the simulated carrier treats the messages that match. A rule may speak of several aspects: how the message ends, how long each step
/// takes, what the handset can do. What is null does not restrict, or says nothing.
/// </summary>
public sealed class CarrierRule
{
    /// <summary>The most messages of <see cref="Times"/>.</summary>
    public const int MaxTimes = 1_000_000;

    /// <summary>The longest <see cref="DelayMs"/>: a day.</summary>
    public const int MaxDelayMs = 24 * 60 * 60 * 1000;

    private readonly List<CarrierRuleUse> uses = [];
    private readonly List<CarrierRuleSample> draws = [];

    private CarrierRule() { }

    /// <summary>A rule that matches every message and says nothing yet.</summary>
    public CarrierRule(Sid sid, Sid accountSid, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        DateCreated = now;
    }

    /// <summary>SID with the prefix <c>CR</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order of creation, given by the database: a newer rule goes before an older one.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account whose messages it is for.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>The recipients, as an <see cref="AddressPattern"/>.</summary>
    public string? To { get; set; }

    /// <summary>The senders, as an <see cref="AddressPattern"/>.</summary>
    public string? From { get; set; }

    /// <summary>What the text contains, in the same case; no character is special.</summary>
    public string? BodyContains { get; set; }

    /// <summary>How the message ends.</summary>
    public CarrierOutcome? Outcome { get; set; }

    /// <summary>Why it fails or is not delivered; null for 30008.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>How long the carrier takes for each of its steps, in milliseconds, 0 to <see cref="MaxDelayMs"/>.</summary>
    public int? DelayMs { get; set; }

    /// <summary>Whether the handset takes MMS.</summary>
    public bool? SupportsMms { get; set; }

    /// <summary>Whether the handset takes RCS.</summary>
    public bool? SupportsRcs { get; set; }

    /// <summary>Whether the handset takes WhatsApp messages.</summary>
    public bool? SupportsWhatsApp { get; set; }

    /// <summary>How many messages it applies to, 1 to <see cref="MaxTimes"/>; null for all.</summary>
    public int? Times { get; set; }

    /// <summary>For how many messages it has decided something; not counted where it applies to all.</summary>
    public int TimesUsed { get; private set; }

    /// <summary>To how many of a hundred messages that match it applies, 0 to 100 in steps of 0.01; null for all.</summary>
    public decimal? Percent { get; set; }

    /// <summary>What <see cref="Percent"/> is drawn by: rules of one seed, asked about as many messages to a recipient, apply to the same of them.</summary>
    public int? Seed { get; set; }

    /// <summary>When the rule was made.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>Which of the messages that it was read for it has decided something for.</summary>
    public IReadOnlyList<CarrierRuleUse> Uses => uses;

    /// <summary>
    /// The places in the draw of messages that it was read for, and the last place of each of their recipients; without <see cref="Percent"/> none.
    /// </summary>
    public IReadOnlyList<CarrierRuleSample> Draws => draws;

    /// <summary>Whether the rule is for such messages, as long as <see cref="Times"/> and <see cref="Percent"/> allow.</summary>
    public bool Matches(CarrierMessage message) =>
        message.AccountSid == AccountSid
        && (To is null || AddressPattern.Means(To, message.To))
        && (From is null || AddressPattern.Means(From, message.From))
        && (BodyContains is null || message.Body.Contains(BodyContains, StringComparison.Ordinal));

    /// <summary>Whether the rule matches, is not used up by other messages, and the message is among its per cent.</summary>
    public bool AppliesTo(CarrierMessage message) => IsLeftFor(message.MessageSid) && Matches(message)
        && (Percent is not { } percent || CarrierRuleSample.Hits(Seed ?? 0, percent, message.Handset, NumberOf(message)));

    /// <summary>Gives a message that the rule matches its place in the draw, unless it has one or the rule applies to all messages or is used up.</summary>
    /// <returns>The new place; null when there is none.</returns>
    public CarrierRuleSample? Draw(CarrierMessage message)
    {
        if (Percent is null || !IsLeftFor(message.MessageSid) || draws.Exists(draw => draw.MessageSid == message.MessageSid)) return null;
        var draw = new CarrierRuleSample(Sid, message.MessageSid, message.Handset, NumberOf(message));
        draws.Add(draw);
        return draw;
    }

    /// <summary>Takes over what was drawn before.</summary>
    public void Recall(IEnumerable<CarrierRuleSample> before) => draws.AddRange(before);

    /// <summary>Counts a message that the rule has decided something for; one that is counted already is not counted again.</summary>
    public void Use(Sid message)
    {
        if (Times is null || IsUsedBy(message)) return;
        uses.Add(new(Sid, message));
        TimesUsed++;
    }

    private long NumberOf(CarrierMessage message) =>
        draws.Find(draw => draw.MessageSid == message.MessageSid)?.Number
        ?? draws.Where(draw => draw.Recipient == message.Handset).Select(draw => draw.Number).DefaultIfEmpty().Max() + 1;

    private bool IsLeftFor(Sid message) => Times is null || TimesUsed < Times || IsUsedBy(message);

    private bool IsUsedBy(Sid message) => uses.Exists(use => use.MessageSid == message);
}

/// <summary>How the simulated carrier lets a message end.</summary>
public enum CarrierOutcome
{
    /// <summary>It arrives.</summary>
    Delivered,

    /// <summary>It is sent and does not arrive.</summary>
    Undelivered,

    /// <summary>It is not even sent.</summary>
    Failed,

    /// <summary>It is sent, and nobody hears of it again.</summary>
    Sent,

    /// <summary>It arrives and is read; one that cannot be read, since it is neither on WhatsApp nor on RCS, arrives.</summary>
    Read,
}
