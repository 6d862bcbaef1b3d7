using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>
/// A server process that cannot start prints one sentence and exits with 1; on SIGTERM it exits with 0.
/// </summary>
public sealed class ServerHostTests(
    PostgresDatabase database, PostgresServer postgres) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("listen on a network address", "--urls", "http://0.0.0.0:0")]
    [InlineData("The section Serilog is wrong", "--Serilog:MinimumLevel:Default", "Loud")]
    [InlineData("Seed:File is '/nowhere/seed.json', which cannot be read", "--Seed:File", "/nowhere/seed.json")]
    public async Task A_configuration_error_is_one_line_and_exit_code_1(string sentence, params string[] options)
    {
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync(
            ["--ConnectionStrings:Postgres", database.ConnectionString, .. options]);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The server cannot start. ", line, StringComparison.Ordinal);
        Assert.Contains(sentence, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_before_with_the_default_token_is_protected_as_the_configured_one()
    {
        string[] own =
        [
            "--Account:Sid", $"AC{new string('9', 32)}", "--Account:AuthToken", "secret123",
            "--Seed:File", "none", "--ConnectionStrings:Postgres", database.ConnectionString,
        ];
        await using (await ServerUnderTest.StartAsync(database.ConnectionString))
        {
        }

        var (exitCode, output) = await ServerUnderTest.FailToStartAsync([.. own, "--urls", "http://0.0.0.0:0"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"the account {MessagingServer.AccountSid} of before has the Auth Token", output,
            StringComparison.Ordinal);

        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, own);
        using HttpRequestMessage rebound = new(HttpMethod.Get, MessagesApi.Path)
        {
            Headers = { Host = "evil.example.com" },
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Http.SendAsync(rebound)).StatusCode);
    }

    [Fact]
    public async Task An_unexpected_error_is_printed_with_its_causes()
    {
        // Kestrel itself reads these settings.
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync("--ConnectionStrings:Postgres",
            database.ConnectionString,
            "--Seed:File", "none", "--Kestrel:Endpoints:Pigeon:Protocols", "Http1");

        Assert.Equal(1, exitCode);
        Assert.Contains("The server ended because of an error of its own: ", output, StringComparison.Ordinal);
        Assert.Contains("Pigeon", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_database_is_named_without_its_password()
    {
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync(
            "--ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Database=nothing;Username=me;Password=secret123");

        Assert.Equal(1, exitCode);
        Assert.Contains("\"nothing\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret123", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_address_in_use_is_reported_in_one_sentence(bool isEmbedded)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string[] postgres = isEmbedded
            ? ["--EmbeddedPostgres:Ephemeral", "true"]
            : ["--ConnectionStrings:Postgres", database.ConnectionString];

        var (exitCode, output) = await ServerUnderTest.FailToStartAsync(
            [.. postgres, "--Seed:File", "none", "--urls",
            $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"]);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Its address is in use", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_that_start_at_once_on_an_empty_database_both_serve()
    {
        var empty = await postgres.CreateEmptyDatabaseAsync();
        var servers = await Task.WhenAll(ServerUnderTest.StartAsync(empty), ServerUnderTest.StartAsync(empty));

        foreach (var server in servers)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync(MessagesApi.Path)).StatusCode);
            await server.DisposeAsync();
        }

        await postgres.DropDatabaseAsync(empty);
    }

    [Fact]
    public async Task SIGTERM_ends_the_server_with_0_while_a_request_waits()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        var waiting = server.Http.GetAsync("/emulator/v1/Messages/Wait?To=%2B14155559999&Timeout=60");
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(0, await server.StopAsync());

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15),
            "It stops without waiting for its callers' time-outs.");
        await Assert.ThrowsAnyAsync<Exception>(async () => (await waiting).EnsureSuccessStatusCode());
    }
}
