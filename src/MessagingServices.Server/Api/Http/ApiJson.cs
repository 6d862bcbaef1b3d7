using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MessagingServices.Server.Api.Http;

/// <summary>JSON as Twilio writes it: snake case, nulls shown, <c>+</c> in numbers not escaped.</summary>
internal static class ApiJson
{
    /// <summary>The options of every response.</summary>
    public static readonly JsonSerializerOptions Options = Configure(
        new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    /// <summary>Makes options so.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new SidJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.TypeInfoResolverChain.Insert(0, ApiJsonTypes.Default);
        return options;
    }
}

/// <summary>Generated code writes the responses of calls under load. Reflection writes the others.</summary>
[JsonSerializable(typeof(MessageResource))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ApiJsonTypes : JsonSerializerContext;
