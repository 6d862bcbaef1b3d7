using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>Describes the headers that an action reads without binding them.</summary>
internal sealed class ReadHeaders(ActionCode code) : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var action = (ControllerActionDescriptor)context.ApiDescription.ActionDescriptor;
        foreach (var header in code.FactsOf(action).Headers)
        {
            var schema = new OpenApiSchema { Type = JsonSchemaType.String };
            ShapedSchemas.Shape(schema, new() { Type = header.Type });
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name, In = ParameterLocation.Header, Description = header.Description, Schema = schema,
            });
        }
    }
}
