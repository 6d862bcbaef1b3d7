using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace MessagingServices.Server.Api.Http;

/// <summary>The request asked the 2010 API for XML: its path had no suffix, or <c>.xml</c>.</summary>
internal sealed class XmlWanted;

/// <summary>The path as it was requested, before suffixes and prefixes were taken off.</summary>
/// <param name="Path">The path, without the prefix that names a product.</param>
internal sealed record RequestedResource(string Path);

/// <summary>
/// XML as the 2010 API writes it: the JSON names in Pascal case as elements, nulls as empty elements, URIs without
/// <c>.json</c>. Source: https://www.twilio.com/docs/usage/twilios-response.
/// </summary>
internal static class ApiXml
{
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes one resource, or a list of them when <paramref name="value"/> is a <see cref="Page2010"/> or an
    /// <see cref="IUnpagedList"/>.
    /// </summary>
    public static Task WriteAsync(HttpResponse response, string name, object value)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new() { Encoding = WithoutMark, CheckCharacters = false }))
        {
            xml.WriteStartElement("TwilioResponse");
            if ((value as Page2010 ?? (value as IUnpagedList)?.ToPage()) is { } page) WritePage(xml, page);
            else WriteElement(
                xml, name, isUri: false, JsonSerializer.SerializeToElement(value, value.GetType(), ApiJson.Options));
            xml.WriteEndElement();
        }

        response.ContentType = MediaTypeNames.Application.Xml;
        response.ContentLength = buffer.Length;
        return response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length)).AsTask();
    }

    private static void WritePage(XmlWriter xml, Page2010 page)
    {
        xml.WriteStartElement(page.ListName ?? Pascal(page.Key));
        foreach (var (name, value) in page.Paging)
            xml.WriteAttributeString(name.Replace("_", "", StringComparison.Ordinal), IsUri(name)
                ? WithoutSuffix(value?.ToString() ?? "") : value?.ToString() ?? "");
        foreach (var item in page.Items)
            WriteElement(xml, page.ElementName, isUri: false,
                JsonSerializer.SerializeToElement(item, item.GetType(), ApiJson.Options));
        xml.WriteEndElement();
    }

    private static void WriteElement(XmlWriter xml, string name, bool isUri, JsonElement value)
    {
        xml.WriteStartElement(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) WriteElement(
                    xml, Pascal(member.Name), isUri || IsUri(member.Name), member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) WriteElement(xml, name.TrimEnd('s'), isUri, item);
                break;
            case JsonValueKind.Null:
                break;
            default:
                var text = value.ToString();
                xml.WriteString(Printable(value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? text.ToLowerInvariant()
                    : isUri ? WithoutSuffix(text) : text));
                break;
        }

        xml.WriteEndElement();
    }

    /// <summary>Names of paths within the API. Only paths lose their suffix, not the texts of messages.</summary>
    private static bool IsUri(string name) =>
        name == "uri" || name.EndsWith("_uri", StringComparison.Ordinal) || name == "subresource_uris";

    private static string WithoutSuffix(string uri)
    {
        var query = uri.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? uri : uri[..query];
        return path.EndsWith(".json", StringComparison.Ordinal) ? path[..^".json".Length] + uri[path.Length..] : uri;
    }

    /// <summary>XML cannot carry most control characters; they become the replacement character.</summary>
    private static string Printable(string text) =>
        text.Any(c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))
            ? string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'))
            : text;

    private static string Pascal(string name) =>
        string.Concat(
            name.Split('_').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
}
