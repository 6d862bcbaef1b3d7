using System.Buffers.Binary;
using System.Text;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>
/// One span, read from OTLP's protocol buffers: see
/// <see href="https://github.com/open-telemetry/opentelemetry-proto"/>, trace.proto.
/// </summary>
internal sealed record Span(
    string TraceId, string SpanId, string ParentId, string Name, ulong Start, ulong End,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> LinkedSpans, bool IsError)
{
    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<Span> ReadAll(byte[] request) =>
        from resource in Fields(request) where resource.Number == 1
        from scope in Fields(resource.Bytes) where scope.Number == 2
        from span in Fields(scope.Bytes) where span.Number == 2
        select Read([.. Fields(span.Bytes)]);

    private static Span Read(List<Field> fields)
    {
        return new(Hex(1), Hex(2), Hex(4), Encoding.UTF8.GetString(Of(5)),
            BinaryPrimitives.ReadUInt64LittleEndian(Of(7)),
            BinaryPrimitives.ReadUInt64LittleEndian(Of(8)),
            fields.Where(field => field.Number == 9).Select(field => Attribute(field.Bytes)).ToDictionary(),
            [.. fields.Where(field => field.Number == 13)
                .Select(link => Convert.ToHexStringLower(Fields(link.Bytes).Single(f => f.Number == 2).Bytes))],
            fields.Any(field => field.Number == 15
                && Fields(field.Bytes).Any(status => status is { Number: 3, Value: 2 })));

        byte[] Of(int number) => fields.FirstOrDefault(field => field.Number == number)?.Bytes ?? [];

        string Hex(int number) => Convert.ToHexStringLower(Of(number));
    }

    private static KeyValuePair<string, string> Attribute(byte[] bytes)
    {
        var key = Encoding.UTF8.GetString(Fields(bytes).Single(field => field.Number == 1).Bytes);
        var value = Fields(Fields(bytes).Single(field => field.Number == 2).Bytes).First();
        return new(key, value.Number == 1 ? Encoding.UTF8.GetString(value.Bytes) : $"{value.Value}");
    }

    private static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new(number, [], Varint(message, ref at));
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return new(number, message[at..(at += length)], 0);
                    break;
                default:
                    var size = (tag & 7) == 1 ? 8 : 4;
                    yield return new(number, message[at..(at += size)], 0);
                    break;
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }

    private sealed record Field(int Number, byte[] Bytes, ulong Value);
}
