using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace MessagingServices.Server.Proxy;

/// <summary>The host and the port that a client asks for with CONNECT. Source: RFC 9110, 9.3.6.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">The port.</param>
internal sealed record ConnectRequest(string Host, int Port)
{
    private const int MaxHead = 16 * 1024;
    private const int MaxHost = 255;

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    /// <summary>
    /// Reads the request with its headers, which have no meaning here. What comes after them stays to be read.
    /// </summary>
    /// <returns>The request, or the HTTP status of the refusal; neither when the client is gone or too slow.</returns>
    public static async ValueTask<(ConnectRequest? Request, int Refusal)> ReadAsync(
        ConnectionContext connection, TimeSpan patience)
    {
        using var limit = connection.LimitedTo(patience);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(limit.Token);
                var buffer = result.Buffer;
                if (HeadOf(buffer) is { } head)
                {
                    var request = Parse(head);
                    input.AdvanceTo(buffer.GetPosition(head.Length + EndOfHead.Length));
                    return (request, StatusCodes.Status400BadRequest);
                }

                input.AdvanceTo(buffer.Start, buffer.End);
                if (buffer.Length > MaxHead) return (null, StatusCodes.Status431RequestHeaderFieldsTooLarge);
                if (result.IsCompleted || result.IsCanceled) return default;
            }
        }
        catch (OperationCanceledException)
        {
            return (null, StatusCodes.Status408RequestTimeout);
        }
        catch (Exception failure) when (failure.IsEndOfConnection())
        {
            return default;
        }
    }

    private static string? HeadOf(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> head, EndOfHead) && head.Length <= MaxHead
            ? Encoding.Latin1.GetString(head) : null;
    }

    private static ConnectRequest? Parse(string head)
    {
        var line = head.Split("\r\n", 2)[0].Split(' ');
        if (line is not ["CONNECT", var target, "HTTP/1.1" or "HTTP/1.0"]) return null;
        var colon = target.LastIndexOf(':');
        if (colon <= 0
            || !ushort.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0) return null;
        var host = target[..colon];
        if (host is ['[', .. var inner, ']'])
            return IPAddress.TryParse(inner, out var address) ? new(address.ToString(), port) : null;
        return host.Length <= MaxHost && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? new(host, port) : null;
    }
}
