using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The parameter gets its value from the request's JSON object; see <see cref="JsonBody"/>. An unreadable body is
/// refused with 20001.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FromJsonAttribute : Attribute, IBindingSourceMetadata, IBinderTypeProviderMetadata
{
    /// <inheritdoc/>
    public BindingSource BindingSource => BindingSource.Body;

    /// <inheritdoc/>
    /// <remarks>Another binder refuses in the way of another API.</remarks>
    public Type BinderType { get; set; } = typeof(JsonBodyBinder);
}

/// <summary>
/// A body of JSON. An object is wanted; members that are unknown are ignored, as Twilio's specification leaves its
/// objects open, and null is absent, since some SDKs send null for parameters that were not given.
/// </summary>
/// <param name="Utf8">The body; empty when the request has none.</param>
internal sealed record JsonBody(ReadOnlyMemory<byte> Utf8)
{
    internal const string ContentType = "application/json";

    /// <summary>
    /// How bodies are read, and how their objects are stored: names exactly as Twilio's, no duplicate members, no null
    /// characters.
    /// </summary>
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        Converters = { new StorableTextConverter() },
    };

    /// <summary>Whether the action binds a body of JSON.</summary>
    public static bool IsTakenBy(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Wanted>() is not null;

    /// <summary>Notes of an action whether it binds a body of JSON, once instead of at every request.</summary>
    internal static void Note(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ControllerActionDescriptor>().Any(action =>
            action.Parameters.Any(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body)))
            endpoint.Metadata.Add(new Wanted());
    }

    /// <summary>The name of a member in JSON, as bodies and responses have it.</summary>
    internal static string NameOf(MemberInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? Options.PropertyNamingPolicy!.ConvertName(member.Name);

    private sealed class Wanted;

    /// <summary>The same bytes.</summary>
    /// <exception cref="TwilioException">20001 when they are not UTF-8.</exception>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes.Span)
        ? bytes
        : throw new TwilioException(MessagingError.BadParameter.ToApiError("The body is not valid UTF-8"));

    /// <summary>The names of the object's members; none when the body is no JSON object.</summary>
    public IReadOnlyList<string> Names()
    {
        if (Utf8.IsEmpty) return [];
        try
        {
            using var document = JsonDocument.Parse(Utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(member => member.Name)] : [];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A name with half a character is JSON, but cannot be read.
            return [];
        }
    }

    /// <summary>Reads the body.</summary>
    /// <param name="type">The type of the body.</param>
    /// <param name="malformed">The error for a body that cannot be read.</param>
    /// <exception cref="TwilioException">The body is empty, no JSON, no object, or a member is not of its
    /// type.</exception>
    public object Read(Type type, MessagingError malformed)
    {
        if (Utf8.IsEmpty) throw Invalid("the body is empty, and a JSON object was expected");
        try
        {
            using var document = JsonDocument.Parse(Utf8, new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Invalid("the body is no JSON object");
        }
        catch (JsonException)
        {
            throw Invalid("the body is not JSON");
        }

        try
        {
            return JsonSerializer.Deserialize(Utf8.Span, type, Options)!;
        }
        catch (JsonException unreadable)
        {
            throw Invalid($"{unreadable.Path?.TrimStart('$').TrimStart('.')} cannot be read");
        }

        TwilioException Invalid(string reason) => new(malformed.ToApiError(reason));
    }
}

/// <summary>Binds the request's JSON.</summary>
/// <param name="malformed">The error for a body that cannot be read; its text takes the reason.</param>
internal abstract class JsonBinder(MessagingError malformed) : IModelBinder
{
    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var body = bindingContext.HttpContext.Features.Get<JsonBody>()!;
        bindingContext.Result = ModelBindingResult.Success(body.Read(bindingContext.ModelType, malformed));
        return Task.CompletedTask;
    }
}

internal sealed class JsonBodyBinder() : JsonBinder(MessagingError.BadParameter);

/// <summary>PostgreSQL can store no null character, however it is written.</summary>
internal sealed class StorableTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        var text = reader.GetString()!;
        return text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException() : text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
