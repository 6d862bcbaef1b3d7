using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests;

/// <summary>A server that cannot start says why in one sentence and exits with 1; one that is stopped stops.</summary>
public sealed class ServerHostTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "listen on a network address with the Auth Token that everybody knows", ["--urls", "http://0.0.0.0:0"] },
        { "listen on a network address with the Auth Token that everybody knows", ["--urls", "http://*:0"] },
        { "Account:Sid is 'AC123', which is no Account SID", ["--Account:Sid", "AC123"] },
        { "Account:AuthToken must be 8 to 128 letters and digits", ["--Account:AuthToken", "not-only-letters"] },
        { "ConnectionStrings:Postgres is not a connection string", ["--ConnectionStrings:Postgres", "postgres://localhost/x"] },
        { "ConnectionStrings:Postgres is not a connection string", ["--ConnectionStrings:Postgres", "Host=x;Port=many"] },
        { "Pipeline:Stages names SelectSender, which is no stage", ["--Pipeline:Stages", "SelectSender"] },
        { "Account:AllowDefaultToken is 'x': set it to true or false.", ["--Account:AllowDefaultToken", "x"] },
        { "Carrier:SentDelayMs is 'abc': set it to a number from 0 to 86400000.", ["--Carrier:SentDelayMs", "abc"] },
        { "Carrier:SentDelayMs is '-5': set it to a number from 0 to 86400000.", ["--Carrier:SentDelayMs", "-5"] },
        { "Carrier:DeliveredDelayMs is '86400001': set it to a number", ["--Carrier:DeliveredDelayMs", "86400001"] },
        { "Clock:Frozen is 'maybe': set it to true or false.", ["--Clock:Frozen", "maybe"] },
        { "EmbeddedPostgres:Ephemeral is 'x': set it to true or false.", ["--EmbeddedPostgres:Ephemeral", "x"] },
        { "Webhooks:MaxConcurrency is '0': set it to a number from 1 to 10000.", ["--Webhooks:MaxConcurrency", "0"] },
        { "Webhooks:MediaTimeoutMs is '0': set it to a number from 100 to 60000.", ["--Webhooks:MediaTimeoutMs", "0"] },
        { "PublicUrl is 'example.com': write a URL with nothing behind its path", ["--PublicUrl", "example.com"] },
        { "PublicUrl is 'http://example.com/?a=b': write a URL", ["--PublicUrl", "http://example.com/?a=b"] },
        { "MmsConverter:LinkPrefix is 'p.twil.io/': write the beginning of a URL", ["--MmsConverter:LinkPrefix", "p.twil.io/"] },
        { "Retention:Days is '-1': set it to a number from 0 to 36500.", ["--Retention:Days", "-1"] },
        { "Retention:Days is 'a month': set it to a number from 0 to 36500.", ["--Retention:Days", "a month"] },
        { "Throughput:Foo is no setting", ["--Throughput:Foo", "1"] },
        { "Throughput:TollFree is '0': set it to a number from 1 to 100000", ["--Throughput:TollFree", "0"] },
        { "Prices:Fax is no kind of message", ["--Prices:Fax:US", "1"] },
        { "Prices:Sms is no kind of message", ["--Prices:Sms", "1"] },
        { "Prices:Sms:Utopia: Utopia is no country.", ["--Prices:Sms:Utopia", "1"] },
        { "Prices:Sms:US is '-1': set it to US dollars from 0 to 100", ["--Prices:Sms:US", "-1"] },
        { "Prices:Mms:Default is '0.000001': set it to US dollars", ["--Prices:Mms:Default", "0.000001"] },
        { "OTEL_EXPORTER_OTLP_ENDPOINT is 'localhost:4317': write a URL like http://localhost:4317", ["--OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317"] },
        { "urls names 'foo': write each address like http://localhost:8080", ["--urls", "foo"] },
        { "urls names 'http://localhost:99999'", ["--urls", "http://localhost:99999"] },
        { "http_ports names 'x': write ports from 0 to 65535", ["--urls", "", "--http_ports", "x"] },
        { "The section Serilog is wrong", ["--Serilog:MinimumLevel:Default", "Loud"] },
        { "Seed:File is '/nowhere/seed.json', which cannot be read", ["--Seed:File", "/nowhere/seed.json"] },
        { "Seed:File is '/', which cannot be read", ["--Seed:File", "/"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_the_configuration_is_told_in_one_sentence(string sentence, string[] options)
    {
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync(["--ConnectionStrings:Postgres", database.ConnectionString, .. options]);

        Assert.Equal(1, exitCode);
        Assert.Contains("The server cannot start. ", output, StringComparison.Ordinal);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_error_that_nobody_expected_is_told_all_the_same()
    {
        // Kestrel itself reads these settings.
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync("--ConnectionStrings:Postgres", database.ConnectionString,
            "--Seed:File", "none", "--Kestrel:Endpoints:Pigeon:Protocols", "Http1");

        Assert.Equal(1, exitCode);
        Assert.Contains("The server ended because of an error of its own: ", output, StringComparison.Ordinal);
        Assert.Contains("Pigeon", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_without_its_password()
    {
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync(
            "--ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Database=nothing;Username=me;Password=secret123");

        Assert.Equal(1, exitCode);
        Assert.Contains("\"nothing\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret123", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_told_in_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (exitCode, output) = await ServerUnderTest.FailToStartAsync("--ConnectionStrings:Postgres", database.ConnectionString,
            "--Seed:File", "none", "--urls", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        Assert.Equal(1, exitCode);
        Assert.Contains("Its address is in use", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_that_start_at_once_on_an_empty_database_both_serve()
    {
        var servers = await Task.WhenAll(
            ServerUnderTest.StartAsync(database.ConnectionString), ServerUnderTest.StartAsync(database.ConnectionString));

        foreach (var server in servers)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync(Calls.Messages)).StatusCode);
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_ends_with_0_though_a_caller_waits()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        var waiting = server.Http.GetAsync("/emulator/v1/Messages/Wait?To=%2B14155559999&Timeout=60");
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(0, await server.StopAsync());

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15), "It stops without waiting for its callers' time-outs.");
        await Assert.ThrowsAnyAsync<Exception>(async () => (await waiting).EnsureSuccessStatusCode());
    }
}
