using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>The JSON Schemas of results, which are the API's resources.</summary>
internal static class ResultSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe,
    };

    // Results have numbers as numbers. What can be read is wider.
    private static readonly JsonSerializerOptions Written =
        new(ApiJson.Options) { NumberHandling = JsonNumberHandling.Strict };

    /// <summary>The schema of a type.</summary>
    public static JsonObject Of(Type type) => Written.GetJsonSchemaAsNode(type, Options).AsObject();

    // The exporter knows nothing of types that are written by converters.
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        var isNullable = Nullable.GetUnderlyingType(type) is not null;
        return (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var sid when sid == typeof(Sid) => Text(isNullable, "^[A-Z]{2}[0-9a-fA-F]{32}$", null),
            var date when date == typeof(PreciseDate) || date == typeof(Iso8601Date) =>
                Text(isNullable, null, "date-time"),
            var date when date == typeof(Rfc2822Date) => Text(isNullable, null, null),
            _ => schema,
        };
    }

    private static JsonObject Text(bool isNullable, string? pattern, string? format)
    {
        JsonObject schema = new() { ["type"] = isNullable ? new JsonArray("string", "null") : "string" };
        if (pattern is not null) schema["pattern"] = pattern;
        if (format is not null) schema["format"] = format;
        return schema;
    }
}
