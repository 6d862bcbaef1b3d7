using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The names and values of parameters are UTF-8 without null characters, which PostgreSQL cannot store. A parameter
/// whose name is no such text is unknown and therefore ignored. A value that is no such text is refused where a known
/// parameter has it.
/// </summary>
internal static class ParameterText
{
    /// <summary>Replaces a value that is no text. No text equals it, because none has a null character.</summary>
    private const string NoText = "\0";

    /// <summary>The values of a known parameter.</summary>
    /// <exception cref="TwilioException">20001 when one of them is no text.</exception>
    public static StringValues Checked(string name, StringValues values) => values.Contains(NoText)
        ? throw new TwilioException(
            MessagingError.BadParameter.ToApiError($"{name} is not valid UTF-8, or has a null character"))
        : values;

    /// <summary>The value of these bytes.</summary>
    public static string Value(ReadOnlySpan<byte> bytes) => OrNull(bytes) ?? NoText;

    /// <summary>The text of these bytes; null when they are no text.</summary>
    public static string? OrNull(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Reads <c>a=b&amp;c=d</c>, percent-encoded, as forms and query strings have it.</summary>
    /// <exception cref="TwilioException">20001 for too many parameters.</exception>
    public static ParameterList ReadUrlEncoded(ReadOnlySpan<byte> encoded)
    {
        var parameters = new ParameterList();
        var buffer = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            foreach (var range in encoded.Split((byte)'&'))
            {
                var pair = encoded[range];
                if (pair.IsEmpty) continue;
                var equals = pair.IndexOf((byte)'=');
                var name = OrNull(Decode(equals < 0 ? pair : pair[..equals], buffer));
                parameters.Add(name, equals < 0 ? "" : Value(Decode(pair[(equals + 1)..], buffer)));
            }

            return parameters;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> encoded, byte[] buffer)
    {
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var plain = encoded[i];
            if (plain == '+')
            {
                plain = (byte)' ';
            }
            else if (plain == '%' && i + 2 < encoded.Length && Hex(encoded[i + 1]) is { } high
                && Hex(encoded[i + 2]) is { } low)
            {
                plain = (byte)((high << 4) | low);
                i += 2;
            }

            buffer[length++] = plain;
        }

        return buffer.AsSpan(0, length);

        static int? Hex(byte digit) => char.IsAsciiHexDigit((char)digit) ? Uri.FromHex((char)digit) : null;
    }
}

/// <summary>
/// The parameters of a query or a form, at most 1,000. Names are case-sensitive, as at Twilio. A name is only a name:
/// brackets and dots in it mean nothing.
/// </summary>
internal sealed class ParameterList
{
    private const int MaxParameters = 1000;

    private int count;

    /// <summary>The values by name.</summary>
    public Dictionary<string, StringValues> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name; null when it is no text, and the parameter therefore unknown.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="TwilioException">20001 for too many parameters.</exception>
    public void Add(string? name, string value)
    {
        if (++count > MaxParameters)
            throw new TwilioException(MessagingError.BadParameter.ToApiError("Too many parameters"));
        if (name is null) return;
        Values[name] = StringValues.Concat(Values.GetValueOrDefault(name), value);
    }
}
