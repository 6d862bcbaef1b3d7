using System.Runtime.CompilerServices;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>
/// Clients that <c>./dev test clients</c> installs. Each script of the folder <c>clients</c> sends a message as any
/// application does, with nothing but the printed environment.
/// </summary>
[Trait("Needs", "clients")]
public sealed class InstalledClientsTests(SeededMessagingServer server) : IClassFixture<SeededMessagingServer>
{
    [Theory]
    [InlineData("python", "/usr/bin/python3", "sdk.py")]
    [InlineData("python", "bash", "apprise.sh")]
    [InlineData("php", "php", "platform.php")]
    [InlineData("ruby", "ruby", "platform.rb")]
    [InlineData("go", "go", "run", "platform.go")]
    [InlineData("java", "java", "Platform.java")]
    [InlineData("cli", "bash", "twilio-cli.sh")]
    [InlineData("node", "node", "logto.mjs")]
    [InlineData("node", "node", "notifme.cjs")]
    [InlineData("node", "node", "activepieces.cjs")]
    [InlineData("", "/usr/bin/python3", "sdk.py")]
    public async Task The_client_sends(string language, string program, params string[] arguments)
    {
        var before = await CountAsync();
        using var environment = await UnmodifiedEnvironment.CreateAsync(server, language);
        using var home = new TemporaryFolder();
        Directory.CreateDirectory(home.Path);

        var (exitCode, output) = await Command.RunAsync(
            program, arguments, Folder(), "", [.. environment.Variables, ("HOME", home.Path)]);

        Assert.True(exitCode == 0, output);
        Assert.True(await CountAsync() == before + 1, output);
    }

    private async Task<int> CountAsync() => (await server.GetAsync(
        $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json?PageSize=1000").ExpectAsync(200))
        .Body!["messages"]!.AsArray().Count;

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "clients");
}
