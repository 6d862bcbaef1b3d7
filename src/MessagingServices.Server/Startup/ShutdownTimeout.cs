using System.Diagnostics;
using System.Reflection;

namespace MessagingServices.Server.Startup;

/// <summary>
/// Keeps the promise that a server which is told to stop has ended within five seconds, though a database does not
/// answer. Nothing is lost
/// by it: what was answered is committed, and what is under way is done again as after a crash.
/// </summary>
internal static class ShutdownTimeout
{
    private static readonly TimeSpan DatabaseStopsAt = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan ProcessEndsAt = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan ExitTakes = TimeSpan.FromMilliseconds(250);

    /// <summary>Watches from now on, until the process ends.</summary>
    public static void Watch(WebApplication app)
    {
        // Tests host the server in a process that lives on.
        if (Assembly.GetEntryAssembly() != typeof(ShutdownTimeout).Assembly) return;
        var stopping = app.Lifetime.ApplicationStopping;
        var database = app.Services.GetRequiredService<Database>();
        // A thread of its own: whatever keeps the server from stopping may hold the pool's threads or the lifetime's
        // callbacks.
        new Thread(() => Enforce(stopping.WaitHandle, database))
        {
            IsBackground = true, Name = "Stop deadline",
        }.Start();
    }

    private static void Enforce(WaitHandle stopping, Database database)
    {
        stopping.WaitOne();
        var start = Stopwatch.GetTimestamp();
        Sleep(start, DatabaseStopsAt);
        // Told only, and from another thread: starting a process may take long, too.
        new Thread(database.StopImmediately) { IsBackground = true }.Start();
        Sleep(start, ProcessEndsAt);
        new Thread(Kill) { IsBackground = true }.Start();
        Console.Error.WriteLine("The server ends now, since something (such as a database that does not answer) "
            + "kept it from stopping in order; nothing is lost.");
        Environment.Exit(0);
    }

    // Exiting waits for whoever wants to be told of it.
    private static void Kill()
    {
        Thread.Sleep(ExitTakes);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static void Sleep(long start, TimeSpan until)
    {
        var left = until - Stopwatch.GetElapsedTime(start);
        if (left > TimeSpan.Zero) Thread.Sleep(left);
    }
}
