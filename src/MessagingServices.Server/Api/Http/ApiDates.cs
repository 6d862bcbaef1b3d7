using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A date of the 2010 API: RFC 2822 with <c>+0000</c>, never <c>GMT</c>, which one SDK reads as no date.
/// </summary>
/// <param name="Value">The moment.</param>
[JsonConverter(typeof(Rfc2822DateConverter))]
internal readonly record struct Rfc2822Date(DateTimeOffset Value)
{
    /// <summary>The date, or null.</summary>
    public static Rfc2822Date? Of(DateTimeOffset? value) => value is { } moment ? new(moment) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        Value.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}

/// <summary>
/// A date of the v1 APIs: ISO 8601 in whole seconds with <c>Z</c>; with fractions one SDK leaves it a text.
/// </summary>
/// <param name="Value">The moment.</param>
[JsonConverter(typeof(Iso8601DateConverter))]
internal readonly record struct Iso8601Date(DateTimeOffset Value)
{
    /// <summary>The date, or null.</summary>
    public static Iso8601Date? Of(DateTimeOffset? value) => value is { } moment ? new(moment) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// A date of the emulator API where the order of steps matters: ISO 8601 in milliseconds with <c>Z</c>. Twilio's own
/// dates have whole seconds, in which a message is often accepted and delivered.
/// </summary>
/// <param name="Value">The moment.</param>
[JsonConverter(typeof(PreciseDateConverter))]
internal readonly record struct PreciseDate(DateTimeOffset Value)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

internal sealed class Rfc2822DateConverter : JsonConverter<Rfc2822Date>
{
    public override Rfc2822Date Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Dates are only written.");

    public override void Write(Utf8JsonWriter writer, Rfc2822Date value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal sealed class Iso8601DateConverter : JsonConverter<Iso8601Date>
{
    public override Iso8601Date Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Dates are only written.");

    public override void Write(Utf8JsonWriter writer, Iso8601Date value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal sealed class PreciseDateConverter : JsonConverter<PreciseDate>
{
    public override PreciseDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Dates are only written.");

    public override void Write(Utf8JsonWriter writer, PreciseDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
