using MessagingServices.Server.Api.Fidelity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Paths are case-sensitive, as at Twilio: routing ignores case, and this class takes back what it found in another
/// spelling. Routing also leaves <c>%2F</c> in names as it is; this class decodes it.
/// </summary>
internal sealed class ExactPaths(RequestDelegate next, EndpointDataSource endpoints)
{
    private const string Slash = "%2F";

    /// <summary>Checks the path, and calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } found) return next(context);
        var path = context.Request.Path.Value!;
        var isExact = found switch
        {
            RouteEndpoint { RoutePattern: var pattern } => IsSpelled(pattern, path),
            // For everything of a product, whatever the path.
            { Metadata: var metadata } when metadata.GetMetadata<NotEmulated>() is not null => true,
            // The endpoint of a wrong method has no pattern. Any endpoint with that path justifies it.
            _ => endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint => IsSpelled(endpoint.RoutePattern, path)),
        };
        if (!isExact) context.SetEndpoint(null);
        else if (path.Contains(Slash, StringComparison.OrdinalIgnoreCase)) DecodeSlashes(context.Request);
        return next(context);
    }

    private static bool IsSpelled(RoutePattern pattern, ReadOnlySpan<char> path)
    {
        path = path.Trim('/');
        foreach (var segment in pattern.PathSegments)
        {
            var slash = path.IndexOf('/');
            var text = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];
            if (!IsSpelled(segment, text)) return false;
        }

        return path.IsEmpty;
    }

    private static bool IsSpelled(RoutePatternPathSegment segment, ReadOnlySpan<char> text) => segment.Parts switch
    {
        [RoutePatternLiteralPart whole] => text.SequenceEqual(whole.Content),
        [RoutePatternParameterPart, RoutePatternLiteralPart end] => text.EndsWith(end.Content),
        _ => !text.IsEmpty,
    };

    private static void DecodeSlashes(HttpRequest request)
    {
        // The server has decoded %252F to %2F, which then must stay.
        if (request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>()
            .RawTarget.Contains("%25", StringComparison.Ordinal)) return;
        foreach (var (name, value) in request.RouteValues.ToList())
        {
            if (value is string text)
                request.RouteValues[name] = text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
        }
    }
}
