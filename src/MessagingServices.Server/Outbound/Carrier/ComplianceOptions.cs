namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Which regulations are enforced.</summary>
[Section("Compliance", "Which regulations the simulated carrier enforces.")]
internal sealed class ComplianceOptions
{
    [Setting("`true`: ten-digit numbers reach recipients in the US only when the number is in the pool of a Messaging "
        + "Service with an A2P campaign. Otherwise the error is 21703 from a pool, and 30034 with a sender that the "
        + "request names.")]
    public bool EnforceA2P { get; init; }
}
