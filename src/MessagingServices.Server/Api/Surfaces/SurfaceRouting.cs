using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Finds which of Twilio's products a request means: by its <c>Host</c>, else by a path prefix that names the product,
/// else by the path alone; and which format the 2010 API is asked for. Controllers see one path for each resource: 2010
/// paths with <c>.json</c>, but for the bytes of media; messaging paths as they are, those of other products behind the
/// product's name.
/// </summary>
internal sealed class SurfaceRouting(RequestDelegate next)
{
    private const string Twilio = ".twilio.com";
    private const string Json = ".json";
    private const string Xml = ".xml";

    private static readonly string[] Products = ["api", "messaging", "conversations", "accounts", "content", "iam"];

    /// <summary>
    /// The prefixes of paths of products other than messaging and api, where nothing else names the product.
    /// </summary>
    private static readonly (string Prefix, string Product)[] OwnPaths =
    [
        ("/v1/Conversations", "conversations"), ("/v1/Configuration", "conversations"),
            ("/v1/ParticipantConversations", "conversations"),
        ("/v1/ConversationWithParticipants", "conversations"), ("/v1/Consents", "accounts"),
            ("/v1/Contacts", "accounts"),
        ("/v1/Content", "content"), ("/v1/Keys", "iam"),
    ];

    /// <summary>Rewrites the path and calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var product = ProductOfHost(request.Host.Host) ?? TakePrefix(request);
        var path = request.Path.Value ?? "/";
        context.Features.Set(new RequestedResource(path));
        product ??= OwnPaths.FirstOrDefault(own => path.StartsWith(own.Prefix, StringComparison.Ordinal)).Product;

        if (path.StartsWith("/2010-04-01", StringComparison.Ordinal))
        {
            if (product is not (null or "api")) request.Path = $"/{product}{path}";
            else request.Path = WithJson(context, path);
        }
        else if (path.StartsWith("/v", StringComparison.Ordinal) && product is not (null or "messaging"))
        {
            request.Path = $"/{product}{path}";
        }

        return next(context);
    }

    private static string? ProductOfHost(string host)
    {
        if (!host.EndsWith(Twilio, StringComparison.OrdinalIgnoreCase)) return null;
        var product = host[..host.IndexOf('.', StringComparison.Ordinal)].ToLowerInvariant();
        return Array.IndexOf(Products, product) >= 0 ? product : null;
    }

    private static string? TakePrefix(HttpRequest request)
    {
        foreach (var product in Products)
        {
            if (!request.Path.StartsWithSegments($"/{product}", StringComparison.Ordinal, out var rest)
                || !rest.HasValue) continue;
            request.PathBase = request.PathBase.Add($"/{product}");
            request.Path = rest;
            return product;
        }

        return null;
    }

    private static bool IsContentOfMedia(string method, string path) =>
        (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && path.Length > Sid.Length
        && Sid.TryParseAs(SidPrefix.Media, path[^Sid.Length..], out _)
            && path[..^Sid.Length].EndsWith("/Media/", StringComparison.Ordinal);

    /// <summary>Without a suffix, or with <c>.xml</c>, the 2010 API responds with XML.</summary>
    private static string WithJson(HttpContext context, string path)
    {
        if (path.EndsWith(Json, StringComparison.Ordinal)) return path;
        context.Features.Set(new XmlWanted());
        // The one path without a suffix that does not mean XML: the bytes of a media item.
        if (IsContentOfMedia(context.Request.Method, path)) return path;
        return (path.EndsWith(Xml, StringComparison.Ordinal) ? path[..^Xml.Length] : path) + Json;
    }
}
