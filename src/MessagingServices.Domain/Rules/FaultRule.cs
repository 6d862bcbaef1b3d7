namespace MessagingServices.Domain.Rules;

/// <summary>What the rules of all families have in common: how often they apply, and to what share.</summary>
public abstract class FaultRule
{
    /// <summary>For the database.</summary>
    protected FaultRule() { }

    /// <summary>Creates a rule that matches everything.</summary>
    protected FaultRule(Sid sid, Sid accountSid, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        DateCreated = now;
    }

    /// <summary>The rule's SID; each family has its prefix.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The order of creation, assigned by the database. A newer rule wins over an older rule.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that the rule is for.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>How often the rule applies, 1 to <see cref="RuleLimits.MaxTimes"/>; null for no maximum.</summary>
    public int? Times { get; set; }

    /// <summary>How often the rule has applied.</summary>
    public int TimesUsed { get; private set; }

    /// <summary>
    /// The percentage of the matches that the rule applies to, 0 to 100 in steps of 0.01; null for all.
    /// </summary>
    public decimal? Percent { get; set; }

    /// <summary>
    /// The seed of <see cref="Percent"/>. Rules with equal seeds select the same matches: see <see cref="RuleDraw"/>.
    /// </summary>
    public int? Seed { get; set; }

    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>Whether <see cref="Times"/> is not used up.</summary>
    public bool IsLeft => Times is null || TimesUsed < Times;

    /// <summary>Whether <see cref="Percent"/> selects a match.</summary>
    /// <inheritdoc cref="RuleDraw.IsSelected"/>
    public bool Selects(string recipient, long number) =>
        Percent is not { } percent || RuleDraw.IsSelected(Seed ?? 0, percent, recipient, number);

    /// <summary>Counts that the rule has applied.</summary>
    public void Use() => TimesUsed++;
}
