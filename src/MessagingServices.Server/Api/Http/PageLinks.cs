using System.Globalization;
using System.Text;

namespace MessagingServices.Server.Api.Http;

/// <summary>The addresses of a page's neighbours: the same filters, another token.</summary>
internal sealed class PageLinks(string address, HttpRequest request, PageRequest page)
{
    private static readonly string[] Paging = ["PageSize", "Page", "PageToken"];

    public string First => Link(0, null);

    public string This => Link(page.Page, page.Token);

    public string? Next(PageToken? token) => token is null ? null : Link(page.Page + 1, token);

    public string? Previous(PageToken? token) => token is null ? null : Link(Math.Max(0, page.Page - 1), token);

    private string Link(int number, PageToken? token)
    {
        var link = new StringBuilder(address).Append('?');
        foreach (var (name, values) in request.Query)
        {
            if (Paging.Contains(name)) continue;
            foreach (var value in values) link.Append(Uri.EscapeDataString(name)).Append('=')
                .Append(Uri.EscapeDataString(value ?? "")).Append('&');
        }

        link.Append(CultureInfo.InvariantCulture, $"PageSize={page.Size}&Page={number}");
        if (token is not null) link.Append("&PageToken=").Append(token);
        return link.ToString();
    }
}

/// <summary>Absolute URLs in responses.</summary>
internal static class RequestUrls
{
    /// <summary>
    /// The URL of a path at the address that the request came to (scheme, host, port and product prefix), so that SDKs
    /// which follow it stay on the emulator.
    /// </summary>
    public static string AbsoluteUrl(this HttpRequest request, string path) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}{path}";

    /// <summary>The path as it was requested, percent-encoded, whatever the surface made of it.</summary>
    public static string RequestedPath(this HttpRequest request)
    {
        var path = request.HttpContext.Features.Get<RequestedResource>()?.Path ?? request.Path.Value ?? "/";
        // The server decodes everything but slashes.
        return string.Join('/', path.Split('/').Select(segment =>
            Uri.EscapeDataString(segment).Replace("%252F", "%2F", StringComparison.OrdinalIgnoreCase)));
    }
}
