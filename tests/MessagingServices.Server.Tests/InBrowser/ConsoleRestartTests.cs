using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Scenarios;

namespace MessagingServices.Server.Tests.InBrowser;

/// <summary>An open page outlives the server that it came from.</summary>
[Collection(typeof(LoadTests))]
public sealed class ConsoleRestartTests(PostgresServer postgres)
{
    [Fact]
    public async Task An_open_page_catches_up_after_the_server_was_restarted()
    {
        await using var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        using var handshake = new TemporaryFolder();
        Directory.CreateDirectory(handshake.Path);
        var server = await ServerUnderTest.StartAsync(
            database.ConnectionString, "--Console:Directory", BrowserScript.Console);
        var url = server.Http.BaseAddress!.ToString().TrimEnd('/');
        try
        {
            var script = BrowserScript.RunAsync("restart.mjs", url, ("HANDSHAKE", handshake.Path));
            await Eventually.TrueAsync(
                () => script.IsCompleted || File.Exists(handshake["opened"]), () => "The page does not open.");
            await server.StopAsync();
            await server.DisposeAsync();
            server = await ServerUnderTest.StartAsync(
                database.ConnectionString, "--Console:Directory", BrowserScript.Console, "--urls", url);
            await File.WriteAllTextAsync(handshake["restarted"], "");

            await script;
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
