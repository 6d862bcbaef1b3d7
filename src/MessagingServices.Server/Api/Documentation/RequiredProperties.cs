using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>Marks all properties of a resource as required: a response has them even if they are null.</summary>
internal sealed class RequiredProperties : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } properties } resource
            || !context.Type.Name.EndsWith("Resource", StringComparison.Ordinal))
            return;
        resource.Required = properties.Keys.ToHashSet();
    }
}
