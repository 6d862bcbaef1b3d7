using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Scenarios;

namespace MessagingServices.Server.Tests.InBrowser;

/// <summary>The source of the console fits the API.</summary>
[Collection(typeof(LoadTests))]
public sealed class ConsoleSourceTests
{
    [Fact]
    public async Task The_console_calls_the_API_as_its_description_says()
    {
        var folder = Path.Combine(Repository.Root, "src", "MessagingServices.Console");

        var (exitCode, output) = await Command.RunAsync("npm", ["run", "--silent", "check"], folder);

        Assert.True(exitCode == 0, output);
    }
}
