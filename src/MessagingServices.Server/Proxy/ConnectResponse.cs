using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;

namespace MessagingServices.Server.Proxy;

/// <summary>The answers to CONNECT.</summary>
internal static class ConnectResponse
{
    /// <summary>The tunnel is open. Twilio's SDK for PHP finds only this line, without headers.</summary>
    public static readonly ReadOnlyMemory<byte> Established = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(5);

    /// <summary>Refuses it and says why. The connection ends then.</summary>
    public static async Task RefuseAsync(ConnectionContext connection, int status, string reason)
    {
        var body = Encoding.UTF8.GetBytes(reason + "\n");
        var head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        using var limit = connection.LimitedTo(WriteTime);
        try
        {
            await connection.Transport.Output.WriteAsync(
                (byte[])[.. Encoding.ASCII.GetBytes(head), .. body], limit.Token);
        }
        catch (Exception failure) when (failure.IsEndOfConnection())
        {
            // The client does not want to know.
        }
    }
}
