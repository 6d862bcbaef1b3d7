using System.Buffers;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Reads forms strictly, before anything binds them: at most 256 KiB (413, code 20413),
/// <c>application/x-www-form-urlencoded</c> only (415, code 20415), valid UTF-8 without null characters, which
/// PostgreSQL cannot store (400, code 20001). The framework's own reader would replace invalid bytes silently. Query
/// strings are held to the same. Of a parameter given twice the first counts. The JSON of actions that take
/// <see cref="FromJsonAttribute"/> is held to the same too, and a form refused there.
/// </summary>
internal sealed class FormBody(RequestDelegate next)
{
    /// <summary>The max size of a form, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    internal const string UrlEncoded = "application/x-www-form-urlencoded";
    private const int MaxParameters = 1000;

    /// <summary>Checks the query, reads the form and calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.QueryString.HasValue) Parse(System.Text.Encoding.UTF8.GetBytes(request.QueryString.Value![1..]));
        // An unknown path or a wrong method has its own error, whatever the body.
        if (context.GetEndpoint() is not RouteEndpoint endpoint) return next(context);
        var isJson = JsonBody.IsTakenBy(endpoint);
        if (!HasBody(request)) return isJson ? Take(context, default, isJson) : next(context);
        var body = ReadAsync(request, isJson ? JsonBody.ContentType : UrlEncoded, context.RequestAborted);
        // A short body comes with its headers; then there is nothing to wait for.
        return body.IsCompletedSuccessfully ? Take(context, body.Result, isJson) : TakeAsync(context, body, isJson);
    }

    private async Task TakeAsync(HttpContext context, ValueTask<ReadOnlyMemory<byte>> body, bool isJson) =>
        await Take(context, await body, isJson);

    private Task Take(HttpContext context, ReadOnlyMemory<byte> body, bool isJson)
    {
        if (isJson) context.Features.Set(new JsonBody(JsonBody.Check(body)));
        else context.Request.Form = new FormCollection(Parse(body.Span));
        return next(context);
    }

    private static bool HasBody(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
            && (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0);

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, string contentType, CancellationToken cancellation)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!contentType.Equals(type, StringComparison.OrdinalIgnoreCase))
            throw new TwilioException(MessagingError.UnsupportedMediaType.ToApiError(contentType));
        if (request.ContentLength > MaxBytes) throw new TwilioException(MessagingError.TooLarge.ToApiError());
        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            foreach (var part in read.Buffer) body.Write(part.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (body.WrittenCount > MaxBytes) throw new TwilioException(MessagingError.TooLarge.ToApiError());
            if (read.IsCompleted) break;
        }

        return body.WrittenMemory;
    }

    private static Dictionary<string, StringValues> Parse(ReadOnlySpan<byte> encoded)
    {
        var form = new KeyValueAccumulator();
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            form.Append(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
            if (form.ValueCount > MaxParameters)
                throw new TwilioException(MessagingError.BadParameter.ToApiError("Too many parameters"));
        }

        return form.GetResults();
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            var length = 0;
            for (var i = 0; i < encoded.Length; i++)
            {
                bytes[length++] = encoded[i] switch
                {
                    (byte)'+' => (byte)' ',
                    (byte)'%' when i + 2 < encoded.Length && Hex(encoded[i + 1]) is { } high
                        && Hex(encoded[i + 2]) is { } low =>
                        Combine(high, low, ref i),
                    var plain => plain,
                };
            }

            var decoded = bytes.AsSpan(0, length);
            if (!Utf8.IsValid(decoded))
                throw new TwilioException(MessagingError.BadParameter.ToApiError("The parameters are not valid UTF-8"));
            if (decoded.Contains((byte)0))
                throw new TwilioException(MessagingError.BadParameter.ToApiError("A parameter holds a null character"));
            return System.Text.Encoding.UTF8.GetString(decoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        static int? Hex(byte digit) => char.IsAsciiHexDigit((char)digit) ? Uri.FromHex((char)digit) : null;

        static byte Combine(int high, int low, ref int i)
        {
            i += 2;
            return (byte)((high << 4) | low);
        }
    }
}
