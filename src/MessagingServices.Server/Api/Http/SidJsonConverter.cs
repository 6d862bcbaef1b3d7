using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>SIDs are text on the wire.</summary>
internal sealed class SidJsonConverter : JsonConverter<Sid>
{
    public override Sid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Sid.TryParse(reader.GetString(), null, out var sid) ? sid : throw new JsonException("A SID was expected.");

    public override void Write(Utf8JsonWriter writer, Sid value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
