using System.Text;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Servers of media that do what no web server would.</summary>
internal static class HostileMedia
{
    /// <summary>
    /// Sends a text in answer to a request, then does something else; the connection ends with it. The answer to a HEAD
    /// request is only the first part of the text, up to the empty line.
    /// </summary>
    public static RawReceiver Answering(string text, Func<Stream, CancellationToken, Task>? then = null) =>
        new(async (stream, _, ending) =>
    {
        var isHead = (await ReadRequestAsync(stream, ending)).StartsWith("HEAD ", StringComparison.Ordinal);
        var answer = isHead ? text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)] : text;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), ending);
        if (then is not null && !isHead) await then(stream, ending);
    });

    /// <summary>Never ends, and never says how much there will be.</summary>
    public static RawReceiver Endless() =>
        Answering("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n",
            async (stream, ending) =>
    {
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        while (true) await stream.WriteAsync(chunk, ending);
    });

    /// <summary>Sends a byte now and then.</summary>
    public static RawReceiver Dripping() =>
        Answering("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\n",
            async (stream, ending) =>
    {
        while (true)
        {
            await stream.WriteAsync(new byte[1], ending);
            await Task.Delay(50, ending);
        }
    });

    private static async Task<string> ReadRequestAsync(Stream stream, CancellationToken cancellation)
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (!read.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, cancellation);
            if (count == 0) throw new EndOfStreamException();
            read.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return read.ToString();
    }
}
