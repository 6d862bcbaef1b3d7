using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>A server with <c>Process:StopWithInput</c> does not outlive the program that holds its input.</summary>
public sealed class StopWithInputTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly string[] StopWithInput = ["--Process:StopWithInput", "true"];

    [Fact]
    public async Task Server_stops_in_order_when_its_input_ends()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, StopWithInput);
        await server.WriteInputAsync("What the input contains is ignored.");
        var sid = await SendAsync(server);

        server.EndInput();

        Assert.Equal(0, await server.ExitCodeAsync());

        Assert.Contains("The standard input has ended", server.Output, StringComparison.Ordinal);
        Assert.Contains("The server is stopping", server.Output, StringComparison.Ordinal);
        Assert.Equal(1L, await Sql.ScalarAsync(
            database.ConnectionString, $"SELECT count(*) FROM messages WHERE sid = '{sid}'"));
    }

    [Fact]
    public async Task Input_that_has_ended_before_the_start_stops_it_without_an_error()
    {
        var (exitCode, output) = await ServerUnderTest.FailToStartAsync(
            ["--EmbeddedPostgres:Ephemeral", "true", "--Seed:File", "none", .. StopWithInput]);

        Assert.Equal(0, exitCode);
        Assert.Contains("The standard input has ended", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("serves at", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_without_the_setting_outlives_its_input()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);

        server.EndInput();

        await server.Api.Messages.UntilAsync(await SendAsync(server), "delivered");
        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain("standard input", server.Output, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(ServerUnderTest server) => await server.Api.Messages.SendAsync(
        ("From", await server.Api.Numbers.CreateNewAsync()), ("To", Handset.NewAddress()), ("Body", "Hello"));
}
