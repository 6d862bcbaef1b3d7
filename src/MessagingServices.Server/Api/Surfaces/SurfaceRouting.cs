using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Media;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Finds which of Twilio's products a request means: by its <c>Host</c>, else by a path prefix that names the product,
/// else by the path alone; and which format the 2010 API is asked for. A product that is not emulated is refused, after
/// authentication. Controllers see one path for each resource: 2010 paths with <c>.json</c>, but for the bytes of
/// media; messaging paths as they are, those of other products behind the product's name.
/// </summary>
internal sealed class SurfaceRouting(RequestDelegate next)
{
    /// <summary>
    /// The max length of a path with its query, in bytes. The web server takes more, so that what is too long can be
    /// answered in Twilio's shape (414).
    /// </summary>
    public const int MaxTarget = 8 * 1024;

    /// <summary>The beginning of the paths of files with deactivated numbers.</summary>
    public const string DeactivationFiles = "/deactivations/";

    private const string Version2010 = "/2010-04-01";
    private const string Json = ".json";
    private const string Xml = ".xml";

    /// <summary>The beginnings of paths that are no product's.</summary>
    private static readonly string[] OwnPaths =
        [
            "/emulator/", MediaLinks.Path, SignedMediaUrls.Path, DeactivationFiles, "/livez", "/readyz",
            "/metrics", "/console/", "/mcp",
        ];

    /// <summary>Rewrites the path and calls the rest of the pipeline.</summary>
    /// <exception cref="TwilioException">414 for a path that is too long.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > MaxTarget)
            throw new TwilioException(MessagingError.PathTooLong.ToApiError());
        var request = context.Request;
        request.Path = new(WithOneSlash(request.Path));
        var product = TwilioProducts.OfHost(request.Host.Host)
            ?? (IsOwn(request.Path.Value!) || IsDescription(request.Path.Value!) ? null : TakePrefix(request));
        if (product is { Name: TlsTest.Product }) return TlsTest.RespondAsync(context);
        var path = WithOneSlash(request.Path);
        context.Features.Set(new RequestedResource(path));
        product ??= TwilioProducts.OfPath(path);
        if (product is null || IsOwn(path)) return NextAsync(context, product, path);
        if (product.Refuses(path)) context.SetEndpoint(NotEmulated.Of(product));
        return NextAsync(context, product, RewrittenPath(context, product.Name, path));
    }

    private Task NextAsync(HttpContext context, TwilioProduct? product, string path)
    {
        RequestFacts.Of(context).Domain = product?.Host;
        // The path is decoded already. PathString's own conversion from a text would decode it again.
        context.Request.Path = new(path);
        return next(context);
    }

    /// <summary>The path of a product's resource, which no resource of another product has.</summary>
    private static string RewrittenPath(HttpContext context, string product, string path) => product switch
    {
        TwilioProducts.Api when path.StartsWith(Version2010, StringComparison.Ordinal) =>
            WithJson(context, WithoutLegacy(context, path)),
        TwilioProducts.Messaging when path.StartsWith("/v", StringComparison.Ordinal) => path,
        _ => $"/{product}{path}",
    };

    /// <summary>The description of the API has a version behind its name, as products have.</summary>
    private static bool IsDescription(string path) => path.StartsWith("/swagger/", StringComparison.Ordinal);

    /// <summary>Whether a path is no product's, whatever host is called.</summary>
    internal static bool IsOwn(string path)
    {
        foreach (var own in OwnPaths)
            if (path.StartsWith(own, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Clients that join a host with a slash and a path that begins with one send two.</summary>
    private static string WithOneSlash(PathString path) =>
        path.Value is ['/', '/', ..] doubled ? $"/{doubled.TrimStart('/')}"
        : path.Value is { Length: > 0 } one ? one
        : "/";

    private static TwilioProduct? TakePrefix(HttpRequest request)
    {
        var path = request.Path.Value;
        if (TwilioProducts.OfPrefix(path) is not { } product) return null;
        var prefix = $"/{product.Name}";
        request.PathBase = request.PathBase.Add(prefix);
        request.Path = new(path![prefix.Length..]);
        return product;
    }

    /// <summary>The resource for messages of before 2012, which old SDKs call, is the present one.</summary>
    private static string WithoutLegacy(HttpContext context, string path)
    {
        var at = path.IndexOf(LegacyMessages.Path, StringComparison.Ordinal);
        if (at < 0 || path[(at + LegacyMessages.Path.Length)..] is not ("" or ['/' or '.', ..])) return path;
        context.Features.Set(new LegacyMessages());
        return string.Concat(
            path.AsSpan(0, at), LegacyMessages.PresentPath, path.AsSpan(at + LegacyMessages.Path.Length));
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
