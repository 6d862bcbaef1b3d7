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
            networks = new(value);
        }
    } = [];

    private readonly NetworkList networks = new([]);

    /// <summary>Whether what this address forwards counts.</summary>
    public bool Trusts(IPAddress address) => networks.Contains(address);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        NetworkList.Check("ForwardedHeaders:KnownProxies", KnownProxies);
}
