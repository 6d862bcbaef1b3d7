using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A page of a list of the 2010 API: paging keys with relative URIs, then exactly one other key, by which SDKs find the
/// items.
/// </summary>
/// <param name="Key">The name of the items, for example <c>messages</c>.</param>
/// <param name="ElementName">The name of one item in XML.</param>
/// <param name="Paging">The paging keys in their order.</param>
/// <param name="Items">The resources.</param>
[JsonConverter(typeof(Page2010Converter))]
internal sealed record Page2010(
    string Key, string ElementName, IReadOnlyList<KeyValuePair<string, object?>> Paging, IReadOnlyList<object> Items)
{
    /// <summary>The name of the list in XML; null for that of <see cref="Key"/>.</summary>
    public string? ListName { get; init; }

    /// <summary>Makes the page; its URIs repeat the request's path and filters.</summary>
    /// <param name="address">The path of the list; null for that of the request.</param>
    public static Page2010 Of<T, TResponse>(
        HttpRequest request, string key, string elementName, Listing<T> listing, Func<T, TResponse> respond,
        string? address = null)
        where TResponse : notnull
    {
        var links = new PageLinks(address ?? request.Path.Value!, request, listing.Request);
        var start = (long)listing.Request.Page * listing.Request.Size;
        return new(key, elementName,
        [
            new("end", listing.Items.Count == 0 ? start : start + listing.Items.Count - 1),
            new("first_page_uri", links.First),
            new("next_page_uri", links.Next(listing.Next)),
            new("page", listing.Request.Page),
            new("page_size", listing.Request.Size),
            new("previous_page_uri", links.Previous(listing.Previous)),
            new("start", start),
            new("uri", links.This),
        ], [.. listing.Items.Select(item => (object)respond(item))]);
    }
}

internal sealed class Page2010Converter : JsonConverter<Page2010>
{
    public override Page2010 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Pages are only written.");

    public override void Write(Utf8JsonWriter writer, Page2010 value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in value.Paging)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, item, options);
        }

        writer.WritePropertyName(value.Key);
        JsonSerializer.Serialize(writer, value.Items, options);
        writer.WriteEndObject();
    }
}
