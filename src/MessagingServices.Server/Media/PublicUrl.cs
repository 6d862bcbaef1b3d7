using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MessagingServices.Server.Media;

/// <summary>The base of this server's URLs, for URLs that are created outside a request.</summary>
internal sealed class PublicUrl(PublicUrlOptions options, IServer server, IConfiguration configuration)
{
    /// <summary>
    /// The URL without a slash at the end. It is the setting <c>PublicUrl</c>. Without the setting, it is the first
    /// listening address, in a form that works on this machine. The server need not have started.
    /// </summary>
    public string Value => options.Url ?? Local(
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? configuration["urls"]?.Split(';')[0] ?? ListeningOptions.DefaultUrl);

    /// <summary>Returns a listening address in a form that works on this machine.</summary>
    internal static string Local(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : binding.Host;
        return $"{binding.Scheme}://{host}:{binding.Port}";
    }
}
