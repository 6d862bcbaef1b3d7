using System.Runtime.CompilerServices;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.InBrowser;

/// <summary>
/// Runs a script of the folder <c>node</c>, which opens the console in Chromium. <c>./dev test</c> installs what it
/// needs: the packages, Chromium, and the built console.
/// </summary>
internal static class BrowserScript
{
    /// <summary>Where the console was built.</summary>
    public static string Console { get; } =
        Path.Combine(Repository.Root, "src", "MessagingServices.Console", "dist");

    /// <summary>Runs it against a server; fails with what it printed.</summary>
    public static async Task RunAsync(string script, string url, params (string Name, string Value)[] environment)
    {
        var (exitCode, output) = await Command.RunAsync("node", [script], Folder(), "", [
            ("BASE_URL", url), ("ACCOUNT_SID", MessagingServer.AccountSid), ("AUTH_TOKEN", MessagingServer.AuthToken),
            .. environment,
        ]);
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{output}");
    }

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "node");
}
