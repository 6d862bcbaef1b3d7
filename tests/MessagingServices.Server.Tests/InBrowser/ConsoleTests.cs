using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Scenarios;

namespace MessagingServices.Server.Tests.InBrowser;

/// <summary>The console in a browser, by mouse and keyboard, with an empty console of the browser.</summary>
[Collection(typeof(LoadTests))]
public sealed class ConsoleTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Theory]
    [InlineData("live-messages.mjs")]
    [InlineData("opt-out.mjs")]
    [InlineData("handset.mjs")]
    [InlineData("webhooks.mjs")]
    [InlineData("settings.mjs")]
    [InlineData("faults.mjs")]
    [InlineData("clock.mjs")]
    [InlineData("search.mjs")]
    [InlineData("problems.mjs")]
    [InlineData("tabs.mjs")]
    [InlineData("another-machine.mjs")]
    [InlineData("bodies.mjs")]
    [InlineData("extracts.mjs")]
    [InlineData("keyboard.mjs")]
    [InlineData("accessibility.mjs")]
    public async Task The_console_shows_what_happens_and_does_what_it_says(string script)
    {
        await server.Api.ResetAsync();

        await BrowserScript.RunAsync(script, server.Url);
    }
}

/// <summary>A server with the console as it was built.</summary>
public sealed class ConsoleServer(PostgresServer postgres) : MessagingServer(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [new("Console:Directory", BrowserScript.Console)];
}
