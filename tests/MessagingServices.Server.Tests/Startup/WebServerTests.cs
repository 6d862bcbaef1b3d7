using System.Security.Cryptography.X509Certificates;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Proxy;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>What ASP.NET Core and Serilog read of the configuration themselves.</summary>
public sealed class WebServerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task An_https_address_has_the_certificate_of_the_configuration()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        using var certificate = SelfSigned.For("localhost");
        await File.WriteAllBytesAsync(
            folder["server.pfx"], certificate.Export(X509ContentType.Pfx, "secret"),
            TestContext.Current.CancellationToken);
        var port = FreePort.Find();
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString,
            "--Kestrel:Endpoints:Plain:Url", "http://127.0.0.1:0",
            "--Kestrel:Endpoints:Secure:Url", $"https://127.0.0.1:{port}",
            "--Kestrel:Certificates:Default:Path", folder["server.pfx"],
            "--Kestrel:Certificates:Default:Password", "secret");
        await using var client = await RawClient.ConnectAsync(new Uri($"http://127.0.0.1:{port}"));

        await client.UseTlsAsync("localhost", certificate);
        await client.WriteAsync("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.EndsWith("ok", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_hosts_than_the_allowed_ones_are_refused()
    {
        await using var server = await ServerUnderTest.StartAsync(
            database.ConnectionString, "--AllowedHosts", "127.0.0.1;sms.example.com",
            "--Api:AllowedHosts", "sms.example.com,other.example.com");
        foreach (var (host, status) in new[] { ("sms.example.com", 200), ("other.example.com", 400) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/livez");
            request.Headers.Host = host;

            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--Serilog:Using:0", "Serilog.Sinks.File")]
    public async Task The_log_goes_to_the_sinks_of_the_configuration(params string[] options)
    {
        using var folder = new TemporaryFolder();
        await using (await ServerUnderTest.StartAsync(database.ConnectionString,
        [
            .. options, "--Serilog:WriteTo:1:Name", "File", "--Serilog:WriteTo:1:Args:path", folder["server.log"],
            "--Serilog:WriteTo:1:Args:formatter",
            "Serilog.Formatting.Compact.RenderedCompactJsonFormatter, Serilog.Formatting.Compact",
        ]))
        {
        }

        Assert.Contains("\"@m\":\"Now listening on",
            await File.ReadAllTextAsync(folder["server.log"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
