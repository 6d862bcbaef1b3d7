using System.ComponentModel.DataAnnotations;
using System.Net;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>Which reverse proxies are believed.</summary>
[Section("ForwardedHeaders", "Which reverse proxies are believed when they say how the client called them.",
    See = "deployment.md#behind-a-reverse-proxy")]
internal sealed class KnownProxyOptions : IValidatableObject
{
    [Setting("Proxies whose `X-Forwarded-Proto` and `X-Forwarded-Host` count, besides those on this machine. URLs in "
        + "responses then have the scheme and the host that the client used.",
        Default = "none", Values = "a list, or a text with commas, of addresses and networks like `10.0.0.0/8`")]
    public IReadOnlyList<string> KnownProxies
    {
        get;
        init
        {
            field = value;
            networks = [.. value.Select(Network).OfType<IPNetwork>()];
        }
    } = [];

    private readonly List<IPNetwork> networks = [];

    /// <summary>Whether what this address forwards counts.</summary>
    public bool Trusts(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || networks.Exists(network => network.Contains(address));
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from proxy in KnownProxies
        where Network(proxy) is null
        select new ValidationResult(
            $"ForwardedHeaders:KnownProxies names '{proxy}': write each as an address or a network, such as 10.0.0.5 "
            + "or 10.0.0.0/8.");

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
