using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MessagingServices.Server.Media;

/// <summary>Where others reach this server: the base of URLs that are made where no request is at hand.</summary>
internal sealed class PublicUrl(PublicUrlOptions options, IServer server, IConfiguration configuration)
{
    /// <summary>
    /// Without a slash at the end: what <c>PublicUrl</c> says, else the first address that the server listens on, or will, as it is called from this
    /// machine.
    /// </summary>
    public string Value => options.Url ?? Local(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? configuration["urls"]?.Split(';')[0] ?? ListeningOptions.DefaultUrl);

    /// <summary>A listening address as it can be called from this machine.</summary>
    internal static string Local(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : binding.Host;
        return $"{binding.Scheme}://{host}:{binding.Port}";
    }
}
