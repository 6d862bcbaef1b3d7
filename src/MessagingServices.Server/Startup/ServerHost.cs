using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace MessagingServices.Server.Startup;

/// <summary>Runs the server; an error that keeps it from starting becomes one sentence and an exit code.</summary>
internal static class ServerHost
{
    /// <summary>How long a server that could not start waits for what it has started.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(5);

    /// <summary>The first requests come at once, and would wait for it.</summary>
    private static readonly TimeSpan UntilMemoryReturns = TimeSpan.FromSeconds(3);

    /// <summary>Runs the server until it is stopped, or only prints the help or the environment.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the help, or the environment.</param>
    /// <param name="errors">Receives the sentence when the server cannot start.</param>
    /// <returns>The exit code: 0, or 1 when the server could not start.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (EnvironmentCommand.IsRequested(args)) return await EnvironmentCommand.RunAsync(args, output, errors);
        if (!SettingsHelp.IsRequested(args)) return await RunAsync(() => Program.Build(args), errors);
        await output.WriteAsync(SettingsHelp.Text);
        return 0;
    }

    /// <summary>Runs a server until it is stopped, and returns the exit code.</summary>
    /// <param name="build">Makes the server.</param>
    /// <param name="errors">Receives the sentence when the server cannot start.</param>
    public static async Task<int> RunAsync(Func<WebApplication> build, TextWriter errors)
    {
        try
        {
            await using var app = build();
            await RunAsync(app);
            return 0;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            await errors.WriteLineAsync(Reason(failure) is { } reason
                ? $"The server cannot start. {reason}"
                : $"The server ended because of an error of its own: {Messages(failure)}");
            return 1;
        }
    }

    private static async Task RunAsync(WebApplication app)
    {
        // Now, since the host disposes its services when it fails.
        var log = app.Services.GetRequiredService<Serilog.ILogger>();
        try
        {
            ShutdownTimeout.Watch(app);
            using var starterEnded = CancellationTokenSource.CreateLinkedTokenSource(
                StandardInput.Watch(app), ToolLauncher.Watch(app));
            if (!await StartAsync(app, starterEnded.Token)) return;
            app.Lifetime.ApplicationStopping.Register(() => log.Information("The server is stopping"));
            await app.WaitForShutdownAsync();
        }
        catch (Exception failure) when (failure is not HostAbortedException && Reason(failure) is null)
        {
            // The sentence has no stack trace; the log is for the developers who correct the program.
            log.Fatal(failure, "The server ended because of an error of its own");
            throw;
        }
    }

    /// <summary>Starts the server; false if what has started it has ended meanwhile, so that it stops.</summary>
    private static async Task<bool> StartAsync(WebApplication app, CancellationToken starterEnded)
    {
        try
        {
            await PrepareAsync(app);
            app.Lifetime.ApplicationStarted.Register(() => _ = ReturnMemoryAsync(app.Lifetime.ApplicationStopping));
            await StartAsync(app);
            return true;
        }
        catch (Exception) when (starterEnded.IsCancellationRequested)
        {
            // The start was interrupted: its failure says nothing to anybody.
            return false;
        }
    }

    /// <summary>
    /// Opens the database and builds the request pipeline at the same time: PostgreSQL starts on one core while the
    /// pipeline is compiled on the other. One after the other took 0.2 s longer.
    /// </summary>
    private static async Task PrepareAsync(WebApplication app)
    {
        var opening = Task.Run(app.OpenDatabaseAsync);
        try
        {
            Program.UsePipeline(app);
        }
        catch
        {
            // This failure is the reason, whatever the database says when it is interrupted.
            app.Lifetime.StopApplication();
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await opening;
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // What runs in the background has started. It would log that its services are disposed, beside the sentence
            // that tells why the server cannot start.
            using CancellationTokenSource patience = new(StopsWithin);
            // It fails, too, if the services could not even be made. The first failure is the reason.
            await app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Gives the memory that the start needed back to the system: 12 MB.</summary>
    private static async Task ReturnMemoryAsync(CancellationToken stopping)
    {
        await Task.Delay(UntilMemoryReturns, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private static string Messages(Exception failure) =>
        failure.InnerException is { } inner ? $"{failure.Message} ({Messages(inner)})" : failure.Message;

    private static string? Reason(Exception? failure) => failure switch
    {
        null => null,
        StartupException startup => startup.Message,
        AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
            or IOException { InnerException: AddressInUseException } =>
            "Its address is in use: stop what listens there, or choose another with --urls http://localhost:PORT.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } socket =>
            $"It cannot listen on its address ({socket.Message}): choose another with --urls http://localhost:PORT.",
        // Both name the setting in their messages.
        { Source: "Serilog.Settings.Configuration" or "Serilog" } =>
            $"The section Serilog is wrong: {failure.Message.TrimEnd('.')}.",
        _ => Reason(failure.InnerException),
    };
}
