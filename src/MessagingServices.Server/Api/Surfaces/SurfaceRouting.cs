using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Finds which of Twilio's products a request means: by its <c>Host</c>, else by a path prefix that names the product,
/// else by the path alone; and which format the 2010 API is asked for. Controllers see one path for each resource: 2010
/// paths with <c>.json</c>, but for the bytes of media; messaging paths as they are, those of other products behind the
/// product's name.
/// </summary>
internal sealed class SurfaceRouting(RequestDelegate next)
{
    /// <summary>
    /// The max length of a path with its query, in bytes. The web server takes more, so that what is too long can be
    /// answered in Twilio's shape (414).
    /// </summary>
    public const int MaxTarget = 8 * 1024;

    private const string Twilio = "twilio.com";
    private const string Api = "api";
    private const string Messaging = "messaging";
    private const string Version2010 = "/2010-04-01";
    private const string Json = ".json";
    private const string Xml = ".xml";

    private static readonly string[] Products =
        [Api, Messaging, "conversations", "accounts", "content", "iam", "monitor"];

    /// <summary>
    /// The prefixes of paths of products other than messaging and api, where nothing else names the product.
    /// </summary>
    private static readonly (string Prefix, string Product)[] OwnPaths =
    [
        ("/v1/Conversations", "conversations"), ("/v1/Configuration", "conversations"),
            ("/v1/ParticipantConversations", "conversations"),
        ("/v1/ConversationWithParticipants", "conversations"),
        ($"/v1/Services/{SidPrefix.ChatService}", "conversations"),
        ("/v1/Consents", "accounts"), ("/v1/Contacts", "accounts"),
        ("/v1/Content", "content"), ("/v1/LegacyContent", "content"), ("/v2/Content", "content"),
        ("/v1/Keys", "iam"), ("/v1/Alerts", "monitor"), ("/v1/Events", "monitor"),
    ];

    /// <summary>Whether a host is Twilio's.</summary>
    public static bool IsTwilio(string host) =>
        host.EndsWith(Twilio, StringComparison.OrdinalIgnoreCase)
        && (host.Length == Twilio.Length || host[^(Twilio.Length + 1)] == '.');

    /// <summary>Rewrites the path and calls the rest of the pipeline.</summary>
    /// <exception cref="TwilioException">414 for a path that is too long.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > MaxTarget)
            throw new TwilioException(MessagingError.PathTooLong.ToApiError());
        var request = context.Request;
        request.Path = new(WithOneSlash(request.Path));
        var product = ProductOfHost(request.Host.Host) ?? TakePrefix(request);
        var path = WithOneSlash(request.Path);
        context.Features.Set(new RequestedResource(path));
        product ??= ProductOfPath(path);
        if (product is not null) RequestFacts.Of(context).Domain = $"{product}.{Twilio}";

        // The path is decoded already. PathString's own conversion from a text would decode it again.
        request.Path = new(RewrittenPath(context, product, path));
        return next(context);
    }

    private static string RewrittenPath(HttpContext context, string? product, string path) =>
        path.StartsWith(Version2010, StringComparison.Ordinal)
            ? product is null or Api ? WithJson(context, WithoutLegacy(path)) : $"/{product}{path}"
        : path.StartsWith("/v", StringComparison.Ordinal) && product is not (null or Messaging) ? $"/{product}{path}"
        : path;

    /// <summary>Clients that join a host with a slash and a path that begins with one send two.</summary>
    private static string WithOneSlash(PathString path) =>
        path.Value is ['/', '/', ..] doubled ? $"/{doubled.TrimStart('/')}"
        : path.Value is { Length: > 0 } one ? one
        : "/";

    private static string? ProductOfHost(string host)
    {
        if (!IsTwilio(host)) return null;
        var product = host.Split('.')[0].ToLowerInvariant();
        return Array.IndexOf(Products, product) >= 0 ? product : null;
    }

    private static string? ProductOfPath(string path)
    {
        if (path.StartsWith(Version2010, StringComparison.Ordinal)) return Api;
        foreach (var (prefix, product) in OwnPaths)
            if (path.StartsWith(prefix, StringComparison.Ordinal)) return product;
        return path is ['/', 'v', >= '1' and <= '3', '/', ..] ? Messaging : null;
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

    /// <summary>The resource for messages of before 2012, which old SDKs call, is the present one.</summary>
    private static string WithoutLegacy(string path)
    {
        const string legacy = "/SMS/Messages";
        var at = path.IndexOf(legacy, StringComparison.Ordinal);
        return at >= 0 && path[(at + legacy.Length)..] is "" or ['/' or '.', ..]
            ? string.Concat(path.AsSpan(0, at), "/Messages", path.AsSpan(at + legacy.Length)) : path;
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
