using System.Collections.Frozen;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Media;
using Microsoft.Net.Http.Headers;

namespace MessagingServices.Server.Api.WebConsole;

/// <summary>
/// The console: one page, and the files that it loads, without credentials. It also sends browsers there that open the
/// server's own address.
/// </summary>
internal sealed class ConsoleFiles(RequestDelegate next, ConsoleFolder folder, MediaOriginOptions media)
{
    /// <summary>The path of the console.</summary>
    public const string Path = "/console";

    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>The routes of the page.</summary>
    private static readonly FrozenSet<string> Routes = FrozenSet.Create(
        StringComparer.Ordinal, "", "messages", "handsets", "services", "webhooks", "faults", "clock", "overview",
        "accounts", "connect");

    /// <summary>The routes with the SID of one thing behind them.</summary>
    private static readonly FrozenSet<string> RoutesOfOne =
        FrozenSet.Create(StringComparer.Ordinal, "messages", "services");

    private readonly string policy = Policy(media.Origin?.TrimEnd('/'));

    /// <summary>Answers requests for the console, and calls the rest of the pipeline for others.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!folder.IsEnabled) return next(context);
        if (path == "/" && isRead && WantsPage(request) && !TwilioProducts.IsHost(request.Host.Host))
        {
            context.Response.Redirect(Path);
            return Task.CompletedTask;
        }

        if (path != Path && !path.StartsWith($"{Path}/", StringComparison.Ordinal)) return next(context);
        context.Response.OnStarting(AddHeaders, context);
        return isRead && path != ConsoleCookie.SessionPath
            ? RespondAsync(context, path[Path.Length..].Trim('/')) : next(context);
    }

    private Task RespondAsync(HttpContext context, string path)
    {
        var request = context.Request;
        if (ConsoleCookie.Read(request) is not null && !RequestOrigin.MayUseCookie(request)
            && request.Headers["Sec-Fetch-Mode"] != "navigate")
            throw new TwilioException(Callers.OtherPage());
        if (!folder.IsServed)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(
                "The console is not built: run 'npm ci && npm run build' in src/MessagingServices.Console, "
                + "then build the server again.\n", context.RequestAborted);
        }

        var file = folder.Find(IsRoute(path) ? ConsoleFolder.Page : path)
            ?? throw new TwilioException(ErrorRenderer.NotFound(context));
        return SendAsync(context, file);
    }

    private static async Task SendAsync(HttpContext context, ConsoleFile file)
    {
        var (request, response) = (context.Request, context.Response);
        var (encoding, path) = file.Forms.First(form => form.Encoding is null || Accepts(request, form.Encoding));
        var tag = $"\"{file.Tag}{(encoding is null ? "" : $"-{encoding}")}\"";
        response.Headers.CacheControl = file.IsHashed ? Immutable : "no-cache";
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = new FileInfo(path).Length;
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(request.Method)) await response.SendFileAsync(path, context.RequestAborted);
    }

    private Task AddHeaders(object context)
    {
        var headers = ((HttpContext)context).Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = policy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    private static bool IsRoute(string path) => path.Split('/') switch
    {
        [var route] => Routes.Contains(route),
        [var route, { Length: > 0 }] => RoutesOfOne.Contains(route),
        _ => false,
    };

    // A client of the API asks for JSON or XML.
    private static bool WantsPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept is not { Count: > 0 } accepted
        || accepted.Any(type => type.MediaType.Equals("text/html") || type.MatchesAllTypes);

    private static bool Accepts(HttpRequest request, string encoding) => request.GetTypedHeaders().AcceptEncoding.Any(
        accepted => accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);

    private static string Policy(string? mediaOrigin)
    {
        var sources = string.IsNullOrEmpty(mediaOrigin)
            ? "'self' data: blob:" : $"'self' data: blob: {mediaOrigin}";
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + $"img-src {sources}; media-src {sources}; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    }
}
