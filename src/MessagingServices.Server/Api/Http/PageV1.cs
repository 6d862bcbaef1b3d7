using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A page of a list of the v1 APIs: <c>meta</c> with all its seven keys and absolute URLs, then the items.
/// </summary>
/// <param name="Meta">The paging.</param>
/// <param name="Items">The resources, under the name that <c>meta.key</c> gives.</param>
[JsonConverter(typeof(PageV1Converter))]
internal sealed record PageV1(PageMeta Meta, IReadOnlyList<object> Items)
{
    /// <summary>Makes the page; its URLs name the address that the request came to and repeat its filters.</summary>
    public static PageV1 Of<T, TResponse>(
        HttpRequest request, string key, Listing<T> listing, Func<T, TResponse> respond)
        where TResponse : notnull
    {
        var links = new PageLinks(request.AbsoluteUrl(request.RequestedPath()), request, listing.Request);
        return new(
            new(listing.Request.Page, listing.Request.Size, links.First, links.Previous(listing.Previous), links.This,
            links.Next(listing.Next), key), [.. listing.Items.Select(item => (object)respond(item))]);
    }
}

/// <summary>The paging of a v1 list.</summary>
internal sealed record PageMeta(
    int Page, int PageSize, string FirstPageUrl, string? PreviousPageUrl, string Url, string? NextPageUrl, string Key);

internal sealed class PageV1Converter : JsonConverter<PageV1>
{
    public override PageV1 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Pages are only written.");

    public override void Write(Utf8JsonWriter writer, PageV1 value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("meta");
        JsonSerializer.Serialize(writer, value.Meta, options);
        writer.WritePropertyName(value.Meta.Key);
        JsonSerializer.Serialize(writer, value.Items, options);
        writer.WriteEndObject();
    }
}
