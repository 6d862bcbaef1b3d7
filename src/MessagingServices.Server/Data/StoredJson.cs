using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MessagingServices.Server.Data;

/// <summary>
/// Writes and reads stored JSON with generated code. It covers all types that <see cref="Conventions"/> stores as JSON.
/// </summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<MessageStatus>(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = StoredJsonTypes.Default,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeOf<T>.Info);

    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, TypeOf<T>.Info)!;

    private static class TypeOf<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}

[JsonSerializable(typeof(IReadOnlyList<StatusChange>))]
[JsonSerializable(typeof(IReadOnlyList<SelectionStep>))]
[JsonSerializable(typeof(IReadOnlyList<WebhookAttempt>))]
[JsonSerializable(typeof(WebhookFault))]
[JsonSerializable(typeof(IReadOnlyList<KeyValuePair<string, string>>))]
[JsonSerializable(typeof(KeyPolicy))]
[JsonSerializable(typeof(KeywordSet))]
[JsonSerializable(typeof(IReadOnlyList<KeywordOverride>))]
[JsonSerializable(typeof(CarrierPlan))]
[JsonSerializable(typeof(InboundRoute))]
[JsonSerializable(typeof(IReadOnlyList<SessionCookie>))]
internal sealed partial class StoredJsonTypes : JsonSerializerContext;
