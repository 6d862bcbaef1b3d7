using System.Net.Http.Headers;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Fuzzing;

/// <summary>A request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The path with the query, as it is sent.</param>
/// <param name="Host">The header; null for the server's own address.</param>
internal sealed record FuzzRequest(string Method, string Target, string? Host)
{
    public IReadOnlyList<(string Name, string Value)>? Form { get; init; }

    /// <summary>Sent instead of the form.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The type of the body.</summary>
    public string ContentType { get; init; } = "";

    public string Credentials { get; init; } = "";

    public HttpRequestMessage ToMessage(string server)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(server + Sendable,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        message.Headers.Host = Host;
        message.Headers.TryAddWithoutValidation("Authorization", Authorization);
        if (Content() is not var (bytes, type)) return message;
        message.Content = new ByteArrayContent(bytes);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return message;
    }

    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        var (bytes, type) = Content() ?? ([], "text/plain");
        return
        [
            .. Encoding.UTF8.GetBytes($"{Method} {Sendable} HTTP/1.1\r\nHost: {Host ?? "localhost"}\r\n"
                + $"Authorization: {Authorization}\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\n\r\n"),
            .. bytes,
        ];
    }

    public override string ToString() => $"{Method} {Host ?? "(own host)"} {Target}\n  "
        + (Content() is var (bytes, type) ? $"{type}: {Encoding.UTF8.GetString(bytes)}" : "no body");

    private string Authorization =>
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials))).ToString();

    private string Sendable => Target.Replace("#", "%23", StringComparison.Ordinal);

    private (byte[] Bytes, string Type)? Content() =>
        Body is not null ? (Body, ContentType)
        : Form is null ? null
        : (Encoding.UTF8.GetBytes(string.Join('&', Form.Select(
            field => $"{field.Name}={string.Concat(Encoding.UTF8.GetBytes(field.Value).Select(b => $"%{b:X2}"))}"))),
            "application/x-www-form-urlencoded");
}

/// <summary>Twilio's hosts, those of products that are not emulated included.</summary>
internal static class Hosts
{
    public static readonly string[] Emulated =
    [
        "api.twilio.com", "messaging.twilio.com", "conversations.twilio.com", "content.twilio.com",
        "accounts.twilio.com", "iam.twilio.com",
    ];

    public static readonly string[] All =
    [
        .. Emulated, "monitor.twilio.com", "verify.twilio.com", "sync.twilio.com",
        "notify.twilio.com", "chat.twilio.com", "proxy.twilio.com", "serverless.twilio.com", "lookups.twilio.com",
        "video.twilio.com", "studio.twilio.com", "taskrouter.twilio.com", "twilio.com", "unknown.twilio.com",
    ];
}

/// <summary>Requests that make something.</summary>
internal static class Creations
{
    public static (string Product, string Path, (string Name, string Value)[] Form)[] All() =>
    [
        ("messaging", "/v1/Services", [("FriendlyName", "Fuzz")]),
        ("conversations", "/v1/Conversations", [("FriendlyName", "Fuzz")]),
        ("api", $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/IncomingPhoneNumbers.json",
            [("PhoneNumber", NumbersApi.New())]),
    ];
}

/// <summary>Breaks requests.</summary>
internal static class Bytes
{
    private static readonly byte[][] Inserted =
    [
        "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\0"u8.ToArray(), ": "u8.ToArray(), " "u8.ToArray(), [0xff, 0xfe],
        "\r\nTransfer-Encoding: chunked"u8.ToArray(), "\r\nContent-Length: 99999999999999999999"u8.ToArray(),
        "\r\nContent-Length: -1"u8.ToArray(), "\r\nHost: x"u8.ToArray(), "\r\nExpect: 100-continue"u8.ToArray(),
        "\r\nUpgrade: h2c"u8.ToArray(), "\r\nConnection: Upgrade, HTTP2-Settings"u8.ToArray(),
        "\r\nX-Forwarded-Proto: x\r\nX-Forwarded-Host: a b"u8.ToArray(), "\r\nOrigin: null"u8.ToArray(),
        "http://sync.twilio.com"u8.ToArray(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(),
        "\r\nX-Forwarded-For: ::::\r\nForwarded: for=;;;"u8.ToArray(), "\r\nRange: bytes=-1"u8.ToArray(),
        "\r\nAccept: \0\r\nAccept-Encoding: ,,,"u8.ToArray(),
        "\r\nContent-Type: multipart/form-data; boundary="u8.ToArray(),
    ];

    /// <summary>Changes, inserts, repeats and cuts, at one to four places.</summary>
    public static byte[] Break(Random random, byte[] bytes)
    {
        List<byte> broken = [.. bytes];
        for (var faults = random.Next(1, 5); faults > 0 && broken.Count > 0; faults--)
        {
            var at = random.Next(Math.Min(broken.Count, random.Next(2) == 0 ? 60 : int.MaxValue));
            switch (random.Next(5))
            {
                case 0: broken[at] = (byte)random.Next(256); break;
                case 1: broken.InsertRange(at, Inserted[random.Next(Inserted.Length)]); break;
                case 2:
                    broken.InsertRange(at, broken.GetRange(at, Math.Min(broken.Count - at, random.Next(300))));
                    break;
                case 3: broken.RemoveRange(at, Math.Min(broken.Count - at, random.Next(40))); break;
                default:
                    // At the end of a line, a header.
                    var line = Encoding.Latin1.GetString([.. broken]).IndexOf("\r\n", StringComparison.Ordinal);
                    broken.InsertRange(Math.Max(0, line), Inserted[random.Next(Inserted.Length)]);
                    break;
            }
        }

        return [.. broken];
    }
}
