using System.Diagnostics;
using System.Reflection;

namespace MessagingServices.Server.Startup;

/// <summary>
/// Ends a stopping server within five seconds, although a database does not respond. Nothing is lost: every response
/// was sent after its commit, and unfinished work is done again, as after a crash.
/// </summary>
internal static class ShutdownTimeout
{
    private static readonly TimeSpan DatabaseStopsAt = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan ProcessEndsAt = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan ExitTakes = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts the timeout when the application stops.</summary>
    public static void Watch(WebApplication app)
    {
        // Tests host the server in their own process, which must not end.
        if (Assembly.GetEntryAssembly() != typeof(ShutdownTimeout).Assembly) return;
        var stopping = app.Lifetime.ApplicationStopping;
        var database = app.Services.GetRequiredService<Database>();
        // A thread of its own: a blocked stop may hold the threads of the pool or the callbacks of the lifetime.
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
        // On another thread, because starting a process may take long too.
        new Thread(database.StopImmediately) { IsBackground = true }.Start();
        Sleep(start, ProcessEndsAt);
        new Thread(Kill) { IsBackground = true }.Start();
        Console.Error.WriteLine("The server ends now, since something (such as a database that does not answer) "
            + "kept it from stopping in order; nothing is lost.");
        Environment.Exit(0);
    }

    // Environment.Exit waits for handlers of the exit, which may hang.
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
