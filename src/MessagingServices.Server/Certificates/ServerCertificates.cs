using System.Net.Security;
using System.Security.Authentication;

namespace MessagingServices.Server.Certificates;

/// <summary>
/// The certificates of the emulated hosts, made on demand for the exact name. A limited number is in memory; the one
/// that was made first goes first. Each is replaced a month before it expires.
/// </summary>
internal sealed class ServerCertificates(DevelopmentAuthority authority, TimeProvider real)
{
    /// <summary>The max number in memory.</summary>
    public const int MaxKept = 512;

    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>How many are in memory.</summary>
    public int Count
    {
        get { lock (gate) return kept.Count; }
    }

    /// <summary>
    /// A name of the domain in the form of certificates: lower case, without the dot of the root. Null for all other
    /// names.
    /// </summary>
    public static string? NameOf(string? host)
    {
        if (host is null || host.Length is 0 or > MaxName) return null;
        var name = host.TrimEnd('.').ToLowerInvariant();
        var isInside = name == IssuingAuthority.Domain
            || name.EndsWith($".{IssuingAuthority.Domain}", StringComparison.Ordinal);
        return isInside && name.Split('.').All(IsLabel) ? name : null;
    }

    /// <summary>How to answer a TLS handshake.</summary>
    /// <param name="host">The name that the client asks for.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <exception cref="AuthenticationException">It is no name of the domain.</exception>
    public async ValueTask<SslServerAuthenticationOptions> OptionsForAsync(
        string? host, CancellationToken cancellation)
    {
        var name = NameOf(host) ?? throw new AuthenticationException($"'{host}' is not an emulated host.");
        var issuer = await authority.GetAsync(cancellation);
        return new()
        {
            ServerCertificateContext = For(name, issuer),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
    }

    private SslStreamCertificateContext For(string name, IssuingAuthority issuer)
    {
        var now = real.GetUtcNow();
        lock (gate)
        {
            if (kept.TryGetValue(name, out var found) && now < found.Until) return found.Context;
            var context = SslStreamCertificateContext.Create(issuer.Issue(name, now), null, offline: true);
            if (!kept.ContainsKey(name)) order.Enqueue(name);
            kept[name] = new(context, now + KeptFor);
            if (kept.Count > MaxKept) kept.Remove(order.Dequeue());
            return context;
        }
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= MaxLabel
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private sealed record Kept(SslStreamCertificateContext Context, DateTimeOffset Until);
}
