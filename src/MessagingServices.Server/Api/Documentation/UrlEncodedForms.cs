using System.Net.Mime;
using System.Reflection;
using MessagingServices.Server.Api.Http;
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
        if (context.MethodInfo.GetCustomAttribute<TakesFilesAttribute>() is { } files)
            content[MediaTypeNames.Multipart.FormData] = WithFiles(files.Name);
    }

    /// <summary>The same parameters, of which one is files.</summary>
    private static OpenApiMediaType WithFiles(string name) => new()
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The same parameters. Files take the place of URLs.",
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                [name] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                },
            },
        },
    };
}
