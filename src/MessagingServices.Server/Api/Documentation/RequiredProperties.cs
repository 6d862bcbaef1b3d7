using MessagingServices.Server.Api.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Marks all properties of a resource as required: a response has them even if they are null. So has an error, and the
/// paging of a list.
/// </summary>
internal sealed class RequiredProperties : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } properties } resource
            || !(context.Type.Name.EndsWith("Resource", StringComparison.Ordinal)
                || context.Type == typeof(ErrorBody) || context.Type == typeof(PageMeta)))
            return;
        resource.Required = properties.Keys.ToHashSet();
    }
}
