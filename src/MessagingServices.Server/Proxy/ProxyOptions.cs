using System.ComponentModel.DataAnnotations;
using System.Net;

namespace MessagingServices.Server.Proxy;

/// <summary>The proxy for unmodified applications.</summary>
[Section("Proxy", "The proxy for unmodified applications, on the server's own port.", See = "proxy.md")]
internal sealed class ProxyOptions : IValidatableObject
{
    private const string Pass = "pass";
    private const string Refuse = "refuse";

    [Setting("`true`: the server's port is also an HTTP proxy, which answers for Twilio's hosts.")]
    public bool Enabled { get; init; } = true;

    [Setting("What the proxy does with hosts that are not Twilio's. `pass`: it connects `Proxy:Clients` with them. "
        + "`refuse`: it answers 403.", Values = "`pass` or `refuse`")]
    public string OtherHosts { get; init; } = Pass;

    [Setting("A further port, which speaks TLS at once, for clients whose hosts file leads Twilio's names to this "
        + "server. 0: none.")]
    [Range(0, 65_535)]
    public int TlsPort { get; init; }

    [Setting("The max number of tunnels that are open at once in this process. More get 503.")]
    [Range(1, 100_000)]
    public int MaxTunnels { get; init; } = 2000;

    [Setting("Clients for which the proxy connects to other hosts than Twilio's, besides those on this machine. "
        + "Twilio's hosts are answered for every client.",
        Default = "none", Values = "a list, or a text with commas, of addresses and networks like `172.16.0.0/12`")]
    public IReadOnlyList<string> Clients
    {
        get;
        init
        {
            field = value;
            networks = new(value);
        }
    } = [];

    private readonly NetworkList networks = new([]);

    /// <summary>Whether the proxy connects a client with hosts that are not Twilio's.</summary>
    /// <param name="client">The address; null for a client on this machine without one.</param>
    /// <returns>The reason of a refusal; null if it may.</returns>
    public string? RefusalOf(IPAddress? client) =>
        IsRefuse ? "This proxy serves Twilio's hosts only (Proxy:OtherHosts)"
        : client is not null && !networks.Contains(client)
            ? $"This proxy does not connect {client} with other hosts than Twilio's (Proxy:Clients)"
        : null;

    private bool IsRefuse => OtherHosts.Equals(Refuse, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsRefuse && !OtherHosts.Equals(Pass, StringComparison.OrdinalIgnoreCase))
            yield return new($"Proxy:OtherHosts is '{OtherHosts}': set it to {Pass} or {Refuse}.");
        foreach (var wrong in NetworkList.Check("Proxy:Clients", Clients)) yield return wrong;
    }
}
