using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Forms are URL-encoded, as Twilio describes them; the framework's description says multipart.
/// A parameter is required if its own documentation says so: forms keep every field as nullable text. Other bodies are
/// JSON.
/// </summary>
internal sealed class UrlEncodedForms : IOperationFilter
{
    private const string Required = "Required.";
    private const string RequiredOnCreation = "Required on creation.";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content }) return;
        if (!content.Remove(MediaTypeNames.Multipart.FormData, out var form))
        {
            var others = content.Keys.Where(type => type != MediaTypeNames.Application.Json).ToList();
            foreach (var type in others) content.Remove(type);
            return;
        }

        content.Clear();
        content[MediaTypeNames.Application.FormUrlEncoded] = form;
        if (form is not OpenApiMediaType { Schema: OpenApiSchema { Properties: { } fields } schema } encoded) return;
        // Every field is in the form style, which is the default.
        encoded.Encoding = null;
        var creates = operation.Responses?.ContainsKey("201") == true;
        schema.Required = fields.Where(field => IsRequired(field.Value.Description ?? "", creates))
            .Select(field => field.Key).ToHashSet();
    }

    private static bool IsRequired(string description, bool creates) =>
        description.EndsWith(Required, StringComparison.Ordinal)
            || (creates && description.EndsWith(RequiredOnCreation, StringComparison.Ordinal));
}
