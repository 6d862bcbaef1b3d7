using System.Net;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// The addresses that the server may call. It can block the special-purpose networks of the IANA registries (RFC 6890).
/// 6to4, NAT64 and Teredo are blocked too, because their addresses contain an unchecked IPv4 address.
/// </summary>
internal sealed class EgressPolicy(WebhookOptions options)
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] LinkLocal = [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10")];

    private readonly IPNetwork[] allowed = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>Whether the server may connect to the address.</summary>
    public bool Allow(IPAddress address)
    {
        if (!options.BlockPrivateNetworks) return true;
        var canonical = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(canonical))
            || !Special.Any(network => network.Contains(canonical));
    }

    /// <summary>
    /// Whether the proxy may connect to the address for a client. Link-local addresses, which have the credentials of
    /// cloud machines, are not for clients, whatever the settings are.
    /// </summary>
    public bool AllowForClients(IPAddress address)
    {
        var canonical = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !LinkLocal.Any(network => network.Contains(canonical)) && Allow(address);
    }
}
