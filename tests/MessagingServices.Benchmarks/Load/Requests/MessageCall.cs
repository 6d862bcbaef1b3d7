using System.Text;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>
/// The call that sends a message, as text on the wire: the recipient's ten digits come last, and each call has its own.
/// </summary>
/// <param name="Url">The server.</param>
/// <param name="Text">The request without these digits.</param>
internal sealed record MessageCall(Uri Url, string Text)
{
    public const int RecipientDigits = 10;

    /// <summary>A text message through a Messaging Service.</summary>
    public static MessageCall To(string url, string credentials, string messagingServiceSid,
        string? statusCallback = null)
    {
        var account = credentials.Split(':')[0];
        var text = Uri.EscapeDataString("Your code is 483920. It is valid for ten minutes.");
        var body = $"MessagingServiceSid={messagingServiceSid}&Body={text}"
            + (statusCallback is null ? "" : $"&StatusCallback={Uri.EscapeDataString(statusCallback)}") + "&To=%2B1";
        return new(new(url), $"""
            POST /2010-04-01/Accounts/{account}/Messages.json HTTP/1.1
            Host: {new Uri(url).Authority}
            Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}
            Content-Type: application/x-www-form-urlencoded
            Content-Length: {body.Length + RecipientDigits}

            {body}
            """.ReplaceLineEndings("\r\n"));
    }

    /// <summary>The bytes for a recipient.</summary>
    public byte[] ToBytes(string recipient) => Encoding.ASCII.GetBytes(Text + recipient);
}
