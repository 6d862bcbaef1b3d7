using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>
/// Gives the members of JSON bodies and of resources their shapes. Addresses in resources are URLs; those of the 2010
/// API are paths.
/// </summary>
internal sealed class ShapedSchemas(FormShapes shapes) : ISchemaFilter
{
    private const string Uri = "uri";
    private const string UriReference = "uri-reference";

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } properties } type) return;
        // Members that are unknown are ignored.
        if (context.Type.Name.EndsWith("Form", StringComparison.Ordinal)) type.AdditionalPropertiesAllowed = true;
        foreach (var member in context.Type.GetProperties())
        {
            if (!properties.TryGetValue(JsonBody.NameOf(member), out var value) || value is not OpenApiSchema property)
                continue;
            var shape = shapes.Of(context.Type, member);
            if (shape.IsRequired)
            {
                type.Required ??= new HashSet<string>();
                type.Required.Add(JsonBody.NameOf(member));
                property.Type &= ~JsonSchemaType.Null;
            }

            Shape(property, shape);
            property.Format ??= AddressFormat(member, property);
            // One that cannot be null is empty where there is none.
            if (property is { Type: JsonSchemaType.String | JsonSchemaType.Null, Pattern: null }
                && member.Name.EndsWith("Sid", StringComparison.Ordinal))
                property.Pattern = FieldShape.SidOf("[A-Z]{2}").Pattern;
            if (property.AdditionalProperties is not OpenApiSchema { Type: JsonSchemaType.String } links) continue;
            links.Format = member.Name switch { "Links" => Uri, "SubresourceUris" => UriReference, _ => links.Format };
        }
    }

    /// <summary>Makes a schema of text say what the shape says. That of a list says it of its items.</summary>
    public static void Shape(OpenApiSchema schema, FieldShape shape)
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
        {
            schema.MinItems = shape.MinItems;
            schema.MaxItems = shape.MaxItems;
            if (schema.Items is OpenApiSchema items) Shape(items, shape with { IsRequired = false });
            return;
        }

        if (schema.Type?.HasFlag(JsonSchemaType.String) != true) return;
        var type = shape.Type switch
        {
            FieldType.Text => JsonSchemaType.String,
            FieldType.Boolean => JsonSchemaType.Boolean,
            FieldType.Integer => JsonSchemaType.Integer,
            FieldType.Number => JsonSchemaType.Number,
        };
        schema.Type = type | (schema.Type & JsonSchemaType.Null);
        schema.Format = shape.Format
            ?? (shape is { Type: FieldType.Integer, Max: not null } ? "int32" : schema.Format);
        schema.Pattern = shape.Pattern ?? schema.Pattern;
        schema.Minimum = shape.Min?.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = shape.Max?.ToString(CultureInfo.InvariantCulture);
        schema.MaxLength = shape.MaxLength;
        // Only a text of any kind can be empty.
        schema.MinLength = shape.MinLength ?? (shape.IsRequired && shape is
            { Type: FieldType.Text, Words.Count: 0, Pattern: null, Format: null } ? 1 : null);
        if (shape.Words.Count == 0) return;
        schema.Enum = [.. shape.Words.Select(word => (JsonNode)word)];
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true) schema.Enum.Add(JsonNullSentinel.JsonNull);
    }

    /// <summary>
    /// A resource's own address is never empty. Another address that cannot be null is empty where there is none.
    /// </summary>
    private static string? AddressFormat(MemberInfo member, OpenApiSchema property) =>
        (member.Name, property.Type) switch
        {
            ("Url" or nameof(PageMeta.FirstPageUrl), JsonSchemaType.String) => Uri,
            ("Uri", JsonSchemaType.String) => UriReference,
            (var name, JsonSchemaType.String | JsonSchemaType.Null)
                when name.EndsWith("Url", StringComparison.Ordinal)
                    || name.EndsWith("StatusCallback", StringComparison.Ordinal) => Uri,
            _ => null,
        };
}
