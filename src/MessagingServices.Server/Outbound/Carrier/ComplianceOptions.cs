namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Which regulations are enforced: the section <c>Compliance</c>.</summary>
internal sealed class ComplianceOptions
{
    /// <summary>Whether recipients in the US are reached only from numbers in a registered A2P campaign (30034, 21703).</summary>
    public bool EnforceA2P { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A setting is unreadable.</exception>
    internal static ComplianceOptions Read(IConfiguration configuration) =>
        new() { EnforceA2P = Settings.Switch(configuration.GetSection("Compliance"), nameof(EnforceA2P)) };
}
