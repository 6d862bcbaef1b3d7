using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>A product of Twilio's, which has a host of its own.</summary>
/// <param name="Name">The first label of its host, such as <c>messaging</c>.</param>
/// <param name="IsEmulated">Whether operations of it are in the table of operations.</param>
internal sealed record TwilioProduct(string Name, bool IsEmulated)
{
    /// <summary>The beginnings of paths that are refused, whatever comes after them.</summary>
    public IReadOnlyList<string> RefusedPaths { get; init; } = [];

    /// <summary>How many operations there are behind these beginnings.</summary>
    public int RefusedOperations { get; init; }

    /// <summary>The other products that a path without a host or a prefix may mean.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Its host.</summary>
    public string Host { get; } =
        Name == TwilioProducts.Domain ? Name : $"{Name}.{TwilioProducts.Domain}";

    /// <summary>Whether a path of it is refused without a look at the table of operations.</summary>
    public bool Refuses(string path)
    {
        if (!IsEmulated) return true;
        foreach (var refused in RefusedPaths)
            if (path.StartsWith(refused, StringComparison.Ordinal) && path[refused.Length..] is "" or ['/', ..])
                return true;
        return false;
    }
}

/// <summary>
/// All products of Twilio's, those that are emulated and the others, and how a request without a host of Twilio's names
/// one of them.
/// </summary>
internal static class TwilioProducts
{
    /// <summary>The domain of the hosts.</summary>
    public const string Domain = "twilio.com";

    internal const string Api = "api";
    internal const string Messaging = "messaging";

    private const string Version2010 = "/2010-04-01";
    private const string ConversationService = $"/v1/Services/{SidPrefix.ChatService}";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly FrozenDictionary<string, TwilioProduct> ByName = Read();

    private static readonly FrozenDictionary<string, TwilioProduct>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Beginnings of paths, such as <c>/v1/Alerts</c>, that only one emulated product has, or that several have and
    /// messaging has not: then the first of them by name.
    /// </summary>
    private static readonly FrozenDictionary<string, TwilioProduct>.AlternateLookup<ReadOnlySpan<char>> ByPath =
        ProductsOfPaths().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Beginnings of paths that only products have which are not emulated.</summary>
    private static readonly FrozenDictionary<string, TwilioProduct>.AlternateLookup<ReadOnlySpan<char>> ByRefusedPath =
        Table.Read(typeof(TwilioProducts), "twilio-paths.txt").Select(line => line.Split(' '))
            .ToFrozenDictionary(
                row => row[0], row => new TwilioProduct(row[1], IsEmulated: false) { Others = row[2..] },
                StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All products.</summary>
    public static IReadOnlyList<TwilioProduct> All =>
        [.. ByName.Values.OrderBy(product => product.Name, StringComparer.Ordinal)];

    /// <summary>Whether a host is Twilio's.</summary>
    public static bool IsHost(ReadOnlySpan<char> host)
    {
        host = WithoutRoot(host);
        return host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)
            && (host.Length == Domain.Length || host[^(Domain.Length + 1)] == '.');
    }

    /// <summary>
    /// The product of a host of Twilio's, also one with the labels of an edge and a region; unknown hosts are products
    /// that are not emulated. Null for other hosts.
    /// </summary>
    public static TwilioProduct? OfHost(string host)
    {
        if (!IsHost(host)) return null;
        var name = WithoutRoot(host).Length == Domain.Length ? Domain : host.Split('.')[0].ToLowerInvariant();
        return ByName.GetValueOrDefault(name) ?? new(name, IsEmulated: false);
    }

    /// <summary>
    /// The product that a path begins with, such as <c>/messaging/v1/Services</c>; null for none. As with hosts, any
    /// other name before a version is a product that is not emulated.
    /// </summary>
    public static TwilioProduct? OfPrefix(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return null;
        var end = path[1..].IndexOf('/');
        if (end <= 0) return null;
        var name = path.Slice(1, end);
        return BySpan.TryGetValue(name, out var product) ? product
            : IsVersion(path[(end + 1)..]) && !IsVersion(path) && !name.ContainsAnyExcept(NameCharacters)
                ? new(name.ToString(), IsEmulated: false)
            : null;
    }

    /// <summary>The product that a path without a prefix means; null for none.</summary>
    public static TwilioProduct? OfPath(string path)
    {
        if (path.StartsWith(Version2010, StringComparison.Ordinal)) return ByName[Api];
        if (path is not ['/', 'v', >= '1' and <= '3', '/', ..]) return null;
        if (path.StartsWith(ConversationService, StringComparison.Ordinal)) return ByName["conversations"];
        return ByPath.TryGetValue(Beginning(path), out var product)
            || ByRefusedPath.TryGetValue(Beginning(path), out product) ? product : ByName[Messaging];
    }

    /// <summary>Whether a path begins with a version, such as <c>/v1/</c>.</summary>
    private static bool IsVersion(ReadOnlySpan<char> path) => path is ['/', 'v', >= '1' and <= '9', '/', ..];

    /// <summary>A name may end with the dot of the root of all names.</summary>
    private static ReadOnlySpan<char> WithoutRoot(ReadOnlySpan<char> host) =>
        host.EndsWith('.') ? host[..^1] : host;

    private static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> path)
    {
        var end = path[4..].IndexOf('/');
        return end < 0 ? path : path[..(4 + end)];
    }

    private static FrozenDictionary<string, TwilioProduct> ProductsOfPaths() =>
        (from operation in TwilioOperations.All
            where operation.Path.StartsWith("/v", StringComparison.Ordinal)
            group operation.Product by Beginning(operation.Path).ToString() into beginning
            let products = beginning.Distinct().Order(StringComparer.Ordinal).ToList()
            where products is [_] || !products.Contains(Messaging)
            select (Path: beginning.Key, Product: ByName[products[0]]))
        .ToFrozenDictionary(row => row.Path, row => row.Product, StringComparer.Ordinal);

    private static FrozenDictionary<string, TwilioProduct> Read()
    {
        var products = TwilioOperations.All.Select(operation => operation.Product).Distinct()
            .ToDictionary(name => name, name => new TwilioProduct(name, IsEmulated: true), StringComparer.Ordinal);
        foreach (var row in Table.Read(typeof(TwilioProducts), "twilio-products.txt").Select(line => line.Split(' ')))
        {
            products[row[0]] = products.GetValueOrDefault(row[0], new(row[0], IsEmulated: false)) with
            {
                RefusedOperations = int.Parse(row[1], CultureInfo.InvariantCulture), RefusedPaths = row[2..],
            };
        }

        return products.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
