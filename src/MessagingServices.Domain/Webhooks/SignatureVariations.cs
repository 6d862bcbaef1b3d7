using System.Net;
using System.Text;
using System.Text.Json;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// What may have become of a request between its sender and the application that checks the signature: each variation
/// is what the sender may have signed. Source:
/// https://www.twilio.com/docs/usage/webhooks/webhooks-security#validation-using-the-helper-libraries.
/// </summary>
internal static class SignatureVariations
{
    private static readonly Variation<string>[] NoUrl = [];

    /// <summary>The request and all its variations but other ports, each once, with the fewest changes first.</summary>
    public static IEnumerable<(SignedRequest Request, IReadOnlyList<string> Changes)> Of(SignedRequest request)
    {
        HashSet<string> seen = [];
        return from bare in AndAsItIs(request.Url, WithoutUserInfo)
               from schemed in AndAsItIs(bare.Value, OtherScheme)
               from ported in AndAsItIs(schemed.Value, OtherPort)
               from slashed in AndAsItIs(ported.Value, OtherSlash)
               from queried in AndAsItIs(slashed.Value, url => OtherQueries(url, request.Body))
               from embodied in AndAsItIs(request.Body, OtherBodies)
               let changes = new[] { bare, schemed, ported, slashed, queried }
                   .Select(change => change.Words).Append(embodied.Words).OfType<string>().ToList()
               orderby changes.Count
               let varied = new SignedRequest(queried.Value, embodied.Value)
               where seen.Add($"{varied.SignedText}\n{varied.HasItsBody}")
               select (varied, (IReadOnlyList<string>)changes);
    }

    /// <summary>The request on every port, also with the other scheme.</summary>
    public static IEnumerable<(SignedRequest Request, IReadOnlyList<string> Changes)> OfPorts(SignedRequest request)
    {
        foreach (var (url, scheme) in AndAsItIs(request.Url, OtherScheme))
        {
            for (var port = 1; port <= ushort.MaxValue; port++)
            {
                string[] changes = scheme is null ? [$"with the port {port}"] : [scheme, $"with the port {port}"];
                yield return (request with { Url = WithPort(url, $":{port}") }, changes);
            }
        }
    }

    private static IEnumerable<Variation<T>> AndAsItIs<T>(T value, Func<T, IEnumerable<Variation<T>>> vary) =>
        vary(value).Prepend(new(value, null));

    private static IEnumerable<Variation<string>> WithoutUserInfo(string url) =>
        RequestSignature.SignedPart(url) is var signed && signed == url
            ? NoUrl : [new(signed, "without user name, password and fragment")];

    private static IEnumerable<Variation<string>> OtherScheme(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? [new($"http://{url[8..]}", "with http in place of https")]
        : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? [new($"https://{url[7..]}", "with https in place of http")]
        : NoUrl;

    private static IEnumerable<Variation<string>> OtherPort(string url)
    {
        var (_, port, _) = Split(url);
        var usual = url.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return port.Length > 0
            ? [new(WithPort(url, ""), $"without the port {port[1..]}")]
            : [new(WithPort(url, usual), $"with the port {usual[1..]}")];
    }

    private static IEnumerable<Variation<string>> OtherSlash(string url)
    {
        var query = QueryOf(url);
        var (path, rest) = (url[..query], url[query..]);
        return path.EndsWith('/')
            ? [new(path[..^1] + rest, "without the slash at the end of the path")]
            : [new($"{path}/{rest}", "with a slash at the end of the path")];
    }

    private static IEnumerable<Variation<string>> OtherQueries(string url, SignedBody body)
    {
        var (path, query) = (url[..QueryOf(url)], url[QueryOf(url)..]);
        if (body is SignedBody.Hashed hashed && !query.Contains(SignedRequest.HashParameter, StringComparison.Ordinal))
        {
            var added = $"{SignedRequest.HashParameter}={hashed.Hash}";
            yield return new(
                query.Length == 0 ? $"{path}?{added}" : $"{url}&{added}",
                "with bodySHA256 in the query, which was dropped");
        }

        if (query.Length == 0) yield break;
        yield return new(path, "without the query");
        yield return new(path + WebUtility.UrlDecode(query), "with the query decoded");
        foreach (var encoded in new[] { Encoded(query, "%20"), EachPart(query, Uri.EscapeDataString) })
            yield return new(path + encoded, "with the query percent-encoded");
        foreach (var encoded in new[] { Encoded(query, "+"), EachPart(query, WebUtility.UrlEncode) })
            yield return new(path + encoded, "with the query encoded as a form");
    }

    private static string EachPart(string query, Func<string, string> encode) => query[0] + string.Join(
        '&', query[1..].Split('&').Select(field => string.Join('=', field.Split('=', 2).Select(encode))));

    private static IEnumerable<Variation<SignedBody>> OtherBodies(SignedBody body) => body switch
    {
        SignedBody.Form form => OtherForms(form),
        SignedBody.Hashed hashed => OtherTexts(hashed),
        _ => [],
    };

    private static IEnumerable<Variation<SignedBody>> OtherForms(SignedBody.Form form)
    {
        const string Again = ": the body was encoded again";
        if (form.Fields.Count == 0) yield break;
        // Phone numbers are the usual victims. Spaces may be encoded in the same way, so that they must stay.
        foreach (var plus in new Func<string, string>[]
            { text => text.Replace(' ', '+'), text => text is [' ', >= '0' and <= '9', ..] ? $"+{text[1..]}" : text })
            yield return new(Each(plus), $"with + in the body as itself, not as a space{Again}");
        yield return new(Each(WebUtility.UrlDecode), $"with the body decoded once more{Again}");
        yield return new(
            SignedBody.Form.Read(form.Text, text => text.Replace('+', ' ')), $"with the body not decoded{Again}");
        yield return new(
            Each(text => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text))),
            $"with the body read as UTF-8, not as Latin-1{Again}");
        yield return new(
            Each(text => text.ReplaceLineEndings("\r\n")), $"with CR LF at the ends of the body's lines{Again}");
        yield return new(
            Each(text => text.ReplaceLineEndings("\n")), $"with LF at the ends of the body's lines{Again}");

        SignedBody.Form Each(Func<string, string> change) =>
            new([.. form.Fields.Select(field => KeyValuePair.Create(change(field.Key), change(field.Value)))]);
    }

    private static IEnumerable<Variation<SignedBody>> OtherTexts(SignedBody.Hashed hashed)
    {
        if (ReadJson(hashed.Text) is { } json)
        {
            yield return new(
                new SignedBody.Hashed(JsonSerializer.Serialize(json, Compact)),
                "with the JSON without white space: the body was encoded again");
            if (json.ValueKind == JsonValueKind.Object)
            {
                yield return new(
                    new SignedBody.Form(
                        [.. json.EnumerateObject().Select(member => KeyValuePair.Create(
                            member.Name, member.Value.ToString()))]),
                    "with a form of the members of the JSON: the body was encoded again");
            }
        }

        yield return new(
            new SignedBody.Other(), "with another body, whose SHA-256 is bodySHA256: the body was encoded again");
    }

    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonElement? ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Encodes what cannot stand in a query as it is.</summary>
    private static string Encoded(string query, string space)
    {
        StringBuilder encoded = new();
        foreach (var part in query.EnumerateRunes())
        {
            var text = part.ToString();
            encoded.Append(
                text == " " ? space
                : part.IsAscii && part.Value > ' ' && !"\"<>`{}|\\^".Contains(text, StringComparison.Ordinal) ? text
                : Uri.EscapeDataString(text));
        }

        return encoded.ToString();
    }

    private static int QueryOf(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? url.Length : end;
    }

    private static string WithPort(string url, string port)
    {
        var (before, _, after) = Split(url);
        return before + port + after;
    }

    /// <summary>The URL up to the host, the port with its colon, and the rest.</summary>
    private static (string Before, string Port, string After) Split(string url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(host).IndexOfAny('/', '?', '#');
        var end = length < 0 ? url.Length : host + length;
        var colon = url.LastIndexOf(':', end - 1, end - host);
        return colon < 0 || url.AsSpan(colon + 1, end - colon - 1).ContainsAnyExceptInRange('0', '9')
            ? (url[..end], "", url[end..])
            : (url[..colon], url[colon..end], url[end..]);
    }

    /// <summary>A part of a request as its sender may have signed it.</summary>
    /// <param name="Value">The part.</param>
    /// <param name="Words">What is different; null for nothing.</param>
    private sealed record Variation<T>(T Value, string? Words);
}
