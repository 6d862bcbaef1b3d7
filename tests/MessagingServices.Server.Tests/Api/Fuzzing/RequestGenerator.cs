using System.Globalization;
using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Fuzzing;

/// <summary>Makes random requests that are near to those that the server expects.</summary>
/// <param name="random">The same seed makes the same requests.</param>
/// <param name="routes">The routes, with the names of their parts in braces.</param>
/// <param name="parameters">The names of all parameters.</param>
/// <param name="sids">SIDs that exist.</param>
internal sealed partial class RequestGenerator(
    Random random, IReadOnlyList<(string Method, string Path)> routes, IReadOnlyList<string> parameters,
    IReadOnlyList<string> sids)
{
    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get"];

    private static readonly string[] Prefixes =
        ["", "", "", "/messaging", "/api", "/conversations", "/content", "/accounts", "/iam", "/verify", "/", "/x"];

    private static readonly string[] Ends = ["", "", "", "", ".json", ".xml", ".csv", "/", "/x", "%00", "?", "#x"];

    private static readonly string[] Values =
    [
        "", " ", "\0", "a\0b", "a[b", "]", "[]", "{}", "{\"a\":1", "null", "true", "false", "TRUE", "0", "1", "-1",
        "2147483648", "99999999999999999999", "1e309", "1e-2", "NaN", "0x10", "1,2", "é", "😀", "\ud800", "\r\nX: y",
        "' OR 1=1 --", "%2500", "%", "%zz", "../..", "*", "+", "+14155550100", "+1415555010", "+441632960001", "12345",
        "whatsapp:+14155550100", "whatsapp:", "rcs:agent", "messenger:1", "whatsapp:US.1349", "ACME", "US", "us", "XX",
        "2026-01-01", "2026-01-01T00:00:00Z", "2026-99-99T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "PT0S", "P99999999D", "-PT1S", "http://127.0.0.1:1/x", "http://[::1", "https://example.com/é", "javascript:x",
        "http://user:p@127.0.0.1:1/#rc=9&ct=-1", "delivered", "failed", "all", "messages", "fixed", "canceled", "STOP",
        "{\"1\":\"\"}", "{\"language\":\"en\",\"types\":{\"twilio/text\":{\"body\":1}}}", "en", "confirmed",
        "<Response><Message>x</Message></Response>", new string('x', 1601), new string('é', 5000),
    ];

    private static readonly string[] SidPrefixes =
        ["AC", "SM", "MM", "MG", "PN", "SC", "AI", "XE", "CH", "MB", "IM", "IS", "IG", "HX", "ME", "WH", "CR", "QE"];

    /// <summary>Makes the next request.</summary>
    public FuzzRequest Next()
    {
        var (method, route) = Pick(routes);
        if (Chance(10)) method = Pick(Methods);
        var path = Pick(Prefixes) + Part().Replace(route, part => PathPart(part.Groups["name"].Value)) + Pick(Ends);
        var fields = Enumerable.Range(0, random.Next(6)).Select(_ => (Pick(parameters), Value())).ToList();
        // It would wait for ten seconds.
        if (route.EndsWith("/Wait", StringComparison.Ordinal)) fields.Add(("Timeout", "0"));
        var isQuery = method != "POST" || Chance(10);
        return new(method, path + (isQuery ? Query(fields) : ""), Chance(75) ? null : Pick(Hosts.All))
        {
            Form = isQuery ? null : fields,
            Body = method is "GET" or "HEAD" || !Chance(15) ? null : Body(),
            ContentType = Pick([
                "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b",
                "multipart/form-data", "text/plain", "multipart/form-data; boundary=\"" + new string('b', 200) + "\"",
            ]),
            Credentials = Chance(3) ? Pick(["", "x", "AC:", ":", "%"])
                : $"{MessagingServer.AccountSid}:{MessagingServer.AuthToken}",
        };
    }

    private string PathPart(string name) =>
        name.Contains("account", StringComparison.OrdinalIgnoreCase) && !Chance(5) ? MessagingServer.AccountSid
        : random.Next(4) switch
        {
            0 => Sid(),
            1 or 2 => Pick(sids),
            _ => Chance(50) ? Uri.EscapeDataString(Value()) : Pick(["%00", "%2500", "%", "a%2Fb", "..", "%ff", "x"]),
        };

    private string Value() => random.Next(5) switch
    {
        0 => Pick(sids),
        1 => Sid(),
        _ => Pick(Values),
    };

    private string Sid() =>
        Pick(SidPrefixes)
        + string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{random.NextInt64():x16}");

    private string Query(List<(string Name, string Value)> fields) => fields.Count == 0 ? "" : "?" + string.Join('&',
        fields.Select(field => $"{field.Name}={(Chance(90) ? Uri.EscapeDataString(Known(field.Value)) : "%zz=&%")}"));

    // Uri does not take half a surrogate pair.
    private static string Known(string value) => value.Replace('\ud800', '?');

    private byte[] Body()
    {
        if (Chance(50)) return System.Text.Encoding.UTF8.GetBytes(Pick(Values));
        var bytes = new byte[random.Next(2000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    [GeneratedRegex(@"\{(?<name>[^}]+)\}")]
    private static partial Regex Part();
}
