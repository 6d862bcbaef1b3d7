using System.ComponentModel;
using System.Diagnostics;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>What a program answered: its exit code and everything it printed.</summary>
internal sealed record CommandResponse(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs other programs to their end.</summary>
internal static class Command
{
    /// <summary>
    /// How to start a program, as another user where one is named, untouched by the environment's settings for PostgreSQL.
    /// </summary>
    public static ProcessStartInfo Describe(string? user, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // The server's own folder may be closed to the other user.
            WorkingDirectory = "/",
            RedirectStandardInput = true,
        };
        if (user is not null)
            start.UserName = user;
        // PGDATA, PGPORT, PGOPTIONS and their like would change what the programs do.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Runs a program that answers at once.</summary>
    public static CommandResponse Run(string program, params IEnumerable<string> arguments) =>
        RunAsync(null, program, arguments, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs a program; when cancelled, kills it with all its children.</summary>
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
