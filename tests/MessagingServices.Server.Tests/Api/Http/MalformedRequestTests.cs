using System.Net.Sockets;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>Requests that break HTTP get a 4xx in Twilio's shape, never a 500.</summary>
public sealed class MalformedRequestTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("ffffffffffffffff\r\nBody=x\r\n0\r\n\r\n")]
    [InlineData("80000000\r\n")]
    [InlineData("-1\r\nBody=x\r\n0\r\n\r\n")]
    [InlineData("banana\r\nBody=x\r\n0\r\n\r\n")]
    [InlineData("3\r\nBody=x\r\n0\r\n\r\n")]
    public async Task Chunks_that_cannot_be_read_are_400(string chunks)
    {
        var response = await SendAsync(
            $"POST {MessagesApi.Path} HTTP/1.1\r\n{Headers}Content-Type: application/x-www-form-urlencoded\r\n"
            + $"Transfer-Encoding: chunked\r\n\r\n{chunks}");

        Assert.StartsWith("HTTP/1.1 400 ", response, StringComparison.Ordinal);
        Assert.Contains("\"code\":20001", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_000)]
    [InlineData(65_000)]
    public async Task A_path_that_is_too_long_is_414_in_Twilios_shape(int length)
    {
        var response = await SendAsync($"GET /v1/Services?a={new string('a', length)} HTTP/1.1\r\n{Headers}\r\n");

        Assert.StartsWith("HTTP/1.1 414 ", response, StringComparison.Ordinal);
        Assert.Contains("\"status\":414}", response, StringComparison.Ordinal);
    }

    private string Headers =>
        $"Host: {new Uri(server.Url).Authority}\r\nConnection: close\r\n"
        + $"Authorization: {server.Http.DefaultRequestHeaders.Authorization}\r\n";

    private async Task<string> SendAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(new Uri(server.Url).Host, new Uri(server.Url).Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
