using System.ComponentModel;
using System.Diagnostics;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The result of a program: its exit code and everything that it printed.</summary>
internal sealed record CommandResponse(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs other programs and waits for their end.</summary>
internal static class Command
{
    // A server may be started with an empty PATH.
    private static readonly string[] SystemFolders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>Describes the start of a program, without the environment variables for PostgreSQL.</summary>
    /// <param name="user">The user that the program runs as; null for the user of the server.</param>
    /// <param name="program">The name or path of the program.</param>
    /// <param name="arguments">The command-line arguments.</param>
    public static ProcessStartInfo Describe(string? user, string program, params IEnumerable<string> arguments)
    {
        var path = Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } given
            ? [.. given.Split(Path.PathSeparator).Where(Path.IsPathRooted), .. SystemFolders]
            : SystemFolders;
        var start = new ProcessStartInfo(Find(program, path), arguments)
        {
            // The other user may not have access to the server's working directory.
            WorkingDirectory = "/",
            RedirectStandardInput = true,
        };
        if (user is not null)
            start.UserName = user;
        // PGDATA, PGPORT, PGOPTIONS and similar variables would change the behaviour of the programs.
        var settings = start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList();
        foreach (var name in settings)
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        start.Environment["PATH"] = string.Join(Path.PathSeparator, path);
        return start;
    }

    private static string Find(string program, string[] path) =>
        path.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;

    /// <summary>Runs a program that ends within milliseconds. Blocks the thread.</summary>
    public static CommandResponse Run(string program, params IEnumerable<string> arguments) =>
        RunAsync(null, program, arguments, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs a program. Cancellation kills it with all its child processes.</summary>
    public static async Task<CommandResponse> RunAsync(
        string? user, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = Describe(user, program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new CommandResponse(-1, exception.Message);
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResponse(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
