using System.Net.Mime;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>Gives the fields of forms and the parameters of queries the shapes that their rules check.</summary>
internal sealed class ShapedParameters(FormShapes shapes) : IOperationFilter
{
    private const string OriginalName = "x-originalName";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in ((ControllerActionDescriptor)context.ApiDescription.ActionDescriptor).Parameters)
        {
            if (parameter.BindingInfo?.BindingSource == BindingSource.Form)
                ShapeForm(operation, parameter.ParameterType);
            else if (parameter.BindingInfo?.BindingSource == BindingSource.Query)
                ShapeQuery(operation, parameter.ParameterType);
        }
    }

    private void ShapeForm(OpenApiOperation operation, Type type)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content } body
            || !content.TryGetValue(MediaTypeNames.Application.FormUrlEncoded, out var form)
            || form.Schema is not OpenApiSchema { Properties: { } fields } schema) return;
        // Generators name a class by it.
        schema.Title = type.Name;
        schema.Required = new HashSet<string>();
        foreach (var member in FormParameters.Of(type))
        {
            var (name, shape) = (FormParameters.NameOf(member), shapes.Of(type, member));
            if (!fields.TryGetValue(name, out var value) || value is not OpenApiSchema field) continue;
            // A field is a text or absent.
            field.Type &= ~JsonSchemaType.Null;
            ShapedSchemas.Shape(field, shape);
            if (shape.IsRequired) schema.Required.Add(name);
        }

        body.Required = schema.Required.Count > 0;
    }

    private void ShapeQuery(OpenApiOperation operation, Type filter)
    {
        foreach (var member in FormParameters.Of(filter))
        {
            var (name, shape) = (FormParameters.NameOf(member), shapes.Of(filter, member));
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(
                parameter => parameter.In == ParameterLocation.Query && parameter.Name == name)
                is not { Schema: OpenApiSchema schema } parameter) continue;
            schema.Type &= ~JsonSchemaType.Null;
            ShapedSchemas.Shape(schema, shape);
            parameter.Required = shape.IsRequired;
            // No generator can tell DateSent< from DateSent> by their letters; NSwag takes this name.
            if (!name.All(char.IsAsciiLetterOrDigit))
                parameter.AddExtension(OriginalName, new JsonNodeExtension(member.Name));
        }
    }
}
