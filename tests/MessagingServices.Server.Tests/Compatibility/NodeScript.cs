using System.Runtime.CompilerServices;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Runs a script of the folder <c>node</c>, whose packages npm installs on first use.</summary>
internal static class NodeScript
{
    private static readonly Lazy<Task> Packages = new(InstallAsync);

    /// <summary>Runs it against a server; fails with what it printed.</summary>
    public static async Task RunAsync(string script, MessagingServer server)
    {
        await Packages.Value;
        var (exitCode, output) = await Command.RunAsync("node", [script], Folder(), "",
            ("BASE_URL", server.Url), ("ACCOUNT_SID", MessagingServer.AccountSid),
            ("AUTH_TOKEN", MessagingServer.AuthToken));
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{output}");
    }

    /// <summary>Runs a module that is given as text, with the packages of the folder.</summary>
    public static async Task<CommandResult> RunTextAsync(
        string module, params IEnumerable<(string Name, string Value)> environment)
    {
        await Packages.Value;
        return await Command.RunAsync("node", ["--input-type=module"], Folder(), module, environment);
    }

    private static async Task InstallAsync()
    {
        // npm notes there what it installed.
        var installed = new FileInfo(Path.Combine(Folder(), "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder(), "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc) return;
        var (exitCode, output) = await Command.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], Folder());
        if (exitCode != 0) throw new InvalidOperationException($"npm ci ended with {exitCode}:\n{output}");
    }

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "node");
}
