using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// The permission that a Restricted key needs for an operation. It follows from the route: the product, the names of
/// the resources in the path, and what is done with the last of them, such as
/// <c>/twilio/messaging/services/phone-numbers/list</c>. Messages of the 2010 API belong to messaging, its other
/// resources to <c>api</c>.
/// </summary>
/// <param name="Resource">The path of the resource; null when no Restricted key may do it.</param>
/// <param name="IsItem">Whether the path names one item, and not the list.</param>
internal sealed record KeyPermission(string? Resource, bool IsItem)
{
    private const string Version2010 = "2010-04-01";
    private const string Accounts = "Accounts";
    private const string Emulator = "emulator";
    private const string Mcp = "mcp";
    private const string Messaging = "messaging";

    private static readonly ConcurrentDictionary<Endpoint, KeyPermission> Known = new();

    /// <summary>The permission for an endpoint.</summary>
    public static KeyPermission Of(Endpoint endpoint) => Known.GetOrAdd(endpoint, static one => From(one));

    /// <summary>What a request of this method does.</summary>
    public KeyAction Action(string method) =>
        HttpMethods.IsDelete(method) ? KeyAction.Delete
        : HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) ? KeyAction.Update
        : HttpMethods.IsPost(method) ? (IsItem ? KeyAction.Update : KeyAction.Create)
        : IsItem ? KeyAction.Read : KeyAction.List;

    /// <summary>The name of the permission; null when no Restricted key may do it.</summary>
    public string? NameOf(KeyAction action) =>
        Resource is null ? null : $"{Resource}/{EnumNames<KeyAction>.Of(action)}";

    private static KeyPermission From(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern.PathSegments: { Count: > 0 } segments })
            return new(null, IsItem: false);
        List<string> names = [.. segments.Select(NameOf).OfType<string>()];
        var isItem = NameOf(segments[^1]) is null;
        return names switch
        {
            [] or [Emulator or Mcp, ..] => new(null, isItem),
            [Version2010, Accounts, "Messages", ..] => Of(Messaging, names[2..]),
            [Version2010, Accounts, _, ..] => Of("api", names[2..]),
            [Version2010, ..] => Of("api", names[1..]),
            [['v', >= '1' and <= '9'], ..] => Of(Messaging, names[1..]),
            _ => Of(names[0], names[2..]),
        };

        KeyPermission Of(string product, IEnumerable<string> resources) =>
            new($"/twilio/{product}/{string.Join('/', resources.Select(Kebab))}", isItem);
    }

    /// <summary>The name that a segment of a path is; null for a parameter.</summary>
    private static string? NameOf(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternLiteralPart { Content: var name }]
            ? name.Replace(".json", "", StringComparison.Ordinal) : null;

    /// <summary>In lower case with hyphens: <c>IncomingPhoneNumbers</c> is <c>incoming-phone-numbers</c>.</summary>
    private static string Kebab(string name)
    {
        StringBuilder kebab = new();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1])) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }
}
