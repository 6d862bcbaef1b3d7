using System.Collections.Frozen;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>
/// Reports the parameters of a request that Twilio knows and its route ignores: in a metric, and in a header of the
/// response, which <see cref="CommonHeaders"/> writes.
/// </summary>
/// <param name="next">The route.</param>
/// <param name="operation">Its operation.</param>
/// <param name="names">The parameters that the route ignores.</param>
/// <param name="telemetry">Counts them.</param>
internal sealed class IgnoredParameters(
    RequestDelegate next, TwilioOperation operation, FrozenSet<string> names, ParameterTelemetry telemetry)
{
    /// <summary>Names of headers have a hyphen, and no case.</summary>
    private readonly string[] headers = [.. names.Where(name => name.Contains('-', StringComparison.Ordinal))];

    /// <summary>Reports them and calls the route.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        List<string> ignored = [.. Sent(context).Where(names.Contains).Distinct()];
        if (ignored.Count > 0)
        {
            RequestFacts.Of(context).IgnoredParameters = ignored;
            foreach (var name in ignored) telemetry.Ignored(operation.Method, operation.Path, name);
        }

        return next(context);
    }

    private IEnumerable<string> Sent(HttpContext context)
    {
        var request = context.Request;
        return request.Query.Keys
            .Concat(context.Features.Get<IFormFeature>()?.Form?.Keys ?? [])
            .Concat(context.Features.Get<JsonBody>()?.Names() ?? [])
            .Concat(headers.Where(request.Headers.ContainsKey));
    }
}
