using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Serilog;

namespace MessagingServices.Server.Startup;

/// <summary>Runs the server; what keeps it from starting is told in one sentence and by an exit code.</summary>
internal static class ServerHost
{
    /// <summary>Runs a server until it is stopped, and returns the exit code.</summary>
    /// <param name="build">Makes the server.</param>
    /// <param name="errors">Receives the sentence when the server cannot start.</param>
    public static async Task<int> RunAsync(Func<WebApplication> build, TextWriter errors)
    {
        try
        {
            await using var app = build();
            ShutdownTimeout.Watch(app);
            await app.OpenDatabaseAsync();
            // What migrations and seeds left behind goes back to the system: 12 MB of what an idle server holds.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await app.RunAsync();
            return 0;
        }
        catch (Exception failure) when (Reason(failure) is { } reason)
        {
            await Log.CloseAndFlushAsync();
            await errors.WriteLineAsync($"The server cannot start. {reason}");
            return 1;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            // Until the host is built, the log is silent; the trace is for those who mend the program.
            Log.Fatal(failure, "The server ended because of an error of its own");
            await Log.CloseAndFlushAsync();
            await errors.WriteLineAsync($"The server ended because of an error of its own: {Messages(failure)}");
            return 1;
        }
    }

    private static string Messages(Exception failure) =>
        failure.InnerException is { } inner ? $"{failure.Message} ({Messages(inner)})" : failure.Message;

    private static string? Reason(Exception? failure) => failure switch
    {
        null => null,
        StartupException startup => startup.Message,
        AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or IOException { InnerException: AddressInUseException } =>
            "Its address is in use: stop what listens there, or choose another with --urls http://localhost:PORT.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } socket =>
            $"It cannot listen on its address ({socket.Message}): choose another with --urls http://localhost:PORT.",
        // Both name the setting in their messages.
        { Source: "Serilog.Settings.Configuration" or "Serilog" } => $"The section Serilog is wrong: {failure.Message.TrimEnd('.')}.",
        _ => Reason(failure.InnerException),
    };
}
