using System.Security.Cryptography.X509Certificates;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary><c>Proxy:TlsPort</c> speaks TLS at once, for clients whose hosts file leads here.</summary>
public sealed class TlsPortTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("--urls", "http://127.0.0.1:0")]
    [InlineData("--Kestrel:Endpoints:Main:Url", "http://127.0.0.1:0")]
    public async Task The_port_speaks_TLS_beside_the_other_one(params string[] address)
    {
        var port = FreePort.Find();
        await using var server = await ServerUnderTest.StartAsync(
            database.ConnectionString, [.. address, "--Proxy:TlsPort", $"{port}"]);
        using var ca = X509Certificate2.CreateFromPem(
            await server.Http.GetStringAsync("/emulator/v1/Environment/ca.pem"));
        await using var client = await RawClient.ConnectAsync(new Uri($"http://127.0.0.1:{port}"));

        var encrypted = await client.UseTlsAsync("api.twilio.com", ca);
        await client.WriteAsync("GET /livez HTTP/1.1\r\nHost: api.twilio.com\r\nConnection: close\r\n\r\n");

        Assert.EndsWith("ok", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.EndsWith("CN=api.twilio.com", encrypted.RemoteCertificate!.Subject, StringComparison.Ordinal);
        await server.Api.GetAsync("/v1/Services").ExpectAsync(200);
    }
}
