using System.ComponentModel.DataAnnotations;
using System.Net;

namespace MessagingServices.Server.Configuration;

/// <summary>
/// Addresses and networks that a setting names. This machine's loopback addresses always belong to them.
/// </summary>
internal sealed class NetworkList
{
    private readonly List<IPNetwork> networks;

    /// <param name="entries">Addresses, and networks like <c>10.0.0.0/8</c>. Malformed ones are left out.</param>
    public NetworkList(IEnumerable<string> entries) => networks = [.. entries.Select(Network).OfType<IPNetwork>()];

    /// <summary>Whether an address belongs to them. IPv4 addresses may be mapped to IPv6.</summary>
    public bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || networks.Exists(network => network.Contains(address));
    }

    /// <summary>The sentences for malformed entries.</summary>
    /// <param name="key">The key of the setting.</param>
    /// <param name="entries">Its entries.</param>
    public static IEnumerable<ValidationResult> Check(string key, IEnumerable<string> entries) =>
        from entry in entries
        where Network(entry) is null
        select new ValidationResult(
            $"{key} names '{entry}': write each as an address or a network, such as 10.0.0.5 or 10.0.0.0/8.");

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
