using System.Net;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>Tells addresses of the machine itself from those of a network.</summary>
internal static class LocalAddress
{
    /// <summary>Whether an address is a loopback address, or the unspecified one, which leads there too.</summary>
    public static bool IsLocal(this IPAddress address)
    {
        var canonical = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(canonical) || canonical.Equals(IPAddress.Any)
            || canonical.Equals(IPAddress.IPv6Any);
    }
}
