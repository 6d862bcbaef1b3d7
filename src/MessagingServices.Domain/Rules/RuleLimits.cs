namespace MessagingServices.Domain.Rules;

/// <summary>The limits of all rules that make faults on demand.</summary>
public static class RuleLimits
{
    /// <summary>How often a rule applies at most, if it counts.</summary>
    public const int MaxTimes = 1_000_000;

    /// <summary>The longest delay in milliseconds: a day.</summary>
    public const int MaxDelayMs = 24 * 60 * 60 * 1000;

    /// <summary>
    /// The maximum number of rules of one account and family. Whatever a rule may match is compared with all of them.
    /// </summary>
    public const int MaxPerAccount = 1000;
}
