using System.Collections.Frozen;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Telemetry;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>What the server does with a parameter of Twilio's.</summary>
internal enum ParameterStatus
{
    /// <summary>The server does not read it.</summary>
    Ignored,

    /// <summary>The server takes it, and perhaps shows it, without effect.</summary>
    Kept,

    /// <summary>It has the effect that Twilio documents.</summary>
    Honoured,
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">What the server does with it.</param>
internal sealed record EmulatedParameter(string Name, ParameterStatus Status);

/// <summary>Metadata of a route: the operation of Twilio's that it performs.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Parameters">Those that Twilio has, and those that the route reads.</param>
internal sealed record EmulatedOperation(TwilioOperation Operation, IReadOnlyList<EmulatedParameter> Parameters)
{
    /// <summary>Controllers of conversations read it from the request.</summary>
    private const string WebhookHeader = "X-Twilio-Webhook-Enabled";

    private static readonly string[] Paging = ["PageSize", "Page", "PageToken"];

    /// <summary>
    /// Notes the operation of a route, once. Routes that ignore parameters of Twilio's report those that a request has;
    /// other routes stay as they are.
    /// </summary>
    internal static void Note(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } pattern }
            || endpoint.Metadata.OfType<ControllerActionDescriptor>().FirstOrDefault() is not { } action) return;
        var methods = endpoint.Metadata.OfType<HttpMethodMetadata>().SelectMany(metadata => metadata.HttpMethods);
        if (methods.Select(method => TwilioOperations.Find(method, pattern)).FirstOrDefault(found => found is not null)
            is not { } operation) return;
        var emulated = Of(operation, action);
        endpoint.Metadata.Add(emulated);
        var ignored = emulated.Parameters.Where(parameter => parameter.Status == ParameterStatus.Ignored)
            .Select(parameter => parameter.Name).ToFrozenSet(StringComparer.Ordinal);
        if (ignored.Count == 0) return;
        var telemetry = endpoint.ApplicationServices.GetRequiredService<ParameterTelemetry>();
        endpoint.RequestDelegate =
            new IgnoredParameters(endpoint.RequestDelegate!, operation, ignored, telemetry).InvokeAsync;
    }

    private static EmulatedOperation Of(TwilioOperation operation, ControllerActionDescriptor action)
    {
        var read = ReadBy(action).Append(WebhookHeader).ToHashSet(StringComparer.Ordinal);
        var names = operation.Parameters.Concat(ReadBy(action)).Distinct(StringComparer.Ordinal);
        return new(operation, [.. names.Select(name => new EmulatedParameter(name, StatusOf(name)))]);

        ParameterStatus StatusOf(string name) =>
            !read.Contains(name) ? ParameterStatus.Ignored
            : operation.Status == OperationStatus.ShapeOnly || operation.Kept.Contains(name) ? ParameterStatus.Kept
            : ParameterStatus.Honoured;
    }

    /// <summary>The names of the parameters that an action reads: of its forms, its headers and its pages.</summary>
    private static IEnumerable<string> ReadBy(ControllerActionDescriptor action)
    {
        foreach (var parameter in action.Parameters)
        {
            var binding = parameter.BindingInfo;
            var names = binding?.BindingSource switch
            {
                { } source when source == BindingSource.Form || source == BindingSource.Query =>
                    FormParameters.Of(parameter.ParameterType).Select(FormParameters.NameOf),
                { } source when source == BindingSource.Body =>
                    parameter.ParameterType.GetProperties().Where(member => member.SetMethod is not null)
                        .Select(JsonBody.NameOf),
                { } source when source == BindingSource.Header => [binding.BinderModelName ?? parameter.Name],
                _ => [],
            };
            foreach (var name in names) yield return name;
        }

        if (!action.EndpointMetadata.OfType<ProducesResponseTypeAttribute>()
            .Any(response => response.Type == typeof(PageV1) || response.Type == typeof(Page2010))) yield break;
        foreach (var name in Paging) yield return name;
    }
}
