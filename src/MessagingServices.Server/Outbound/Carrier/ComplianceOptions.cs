namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Which regulations are enforced.</summary>
[Section("Compliance", "Which regulations the simulated carrier enforces.", See = "registration.md")]
internal sealed class ComplianceOptions
{
    [Setting("`true`: ten-digit numbers reach recipients in the US only when the number is in the pool of a Messaging "
        + "Service with a verified A2P campaign. Otherwise the error is 21703 from a pool, and 30034 with a sender "
        + "that the request names. Toll-free numbers reach recipients in the US and Canada only when they are "
        + "verified; otherwise the error is 30032.")]
    public bool EnforceA2P { get; init; }

    /// <summary>The time of an account when its numbers must be registered; null where that is not enforced.</summary>
    internal Func<Sid, DateTimeOffset>? EnforcedAt(Func<Sid, DateTimeOffset> now) => EnforceA2P ? now : null;
}
