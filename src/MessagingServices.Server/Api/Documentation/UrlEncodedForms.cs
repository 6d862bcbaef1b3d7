using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Forms are URL-encoded, as Twilio describes them; the framework's description says multipart. Other bodies are JSON.
/// </summary>
internal sealed class UrlEncodedForms : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content }) return;
        if (!content.Remove(MediaTypeNames.Multipart.FormData, out var form))
        {
            var others = content.Keys.Where(type => type != MediaTypeNames.Application.Json).ToList();
            foreach (var type in others) content.Remove(type);
            foreach (var body in content.Values.OfType<OpenApiMediaType>())
                if (body.Schema is OpenApiSchema { AllOf: [OpenApiSchemaReference reference] }) body.Schema = reference;
            return;
        }

        content.Clear();
        content[MediaTypeNames.Application.FormUrlEncoded] = form;
        // Every field is in the form style, which is the default.
        if (form is OpenApiMediaType encoded) encoded.Encoding = null;
    }
}
