using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>Runs a script of the folder <c>node</c>, whose packages npm installs on first use.</summary>
internal static class NodeScript
{
    private static readonly Lazy<Task> Packages = new(InstallAsync);

    /// <summary>Runs it against a server; fails with what it printed.</summary>
    public static async Task RunAsync(string script, Fixtures.MessagingServer server)
    {
        await Packages.Value;
        var (exitCode, output) = await ExecuteAsync("node", [script],
            ("BASE_URL", server.Url), ("ACCOUNT_SID", Fixtures.MessagingServer.AccountSid), ("AUTH_TOKEN", Fixtures.MessagingServer.AuthToken));
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{output}");
    }

    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder(), "node_modules", "twilio"))) return;
        var (exitCode, output) = await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund"]);
        if (exitCode != 0) throw new InvalidOperationException($"npm ci ended with {exitCode}:\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> ExecuteAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder(), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "node");
}
