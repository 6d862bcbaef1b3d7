namespace MessagingServices.Server.Startup;

/// <summary>Stops the server when its standard input ends: see <see cref="ProcessOptions.StopWithInput"/>.</summary>
internal static class StandardInput
{
    /// <summary>Watches the input from now on, if the settings say so. What it contains is ignored.</summary>
    /// <returns>Canceled once the input has ended and the server stops.</returns>
    public static CancellationToken Watch(WebApplication app)
    {
        if (!app.Services.GetRequiredService<ProcessOptions>().StopWithInput) return CancellationToken.None;
        var log = app.Services.GetRequiredService<Serilog.ILogger>();
        var lifetime = app.Lifetime;
        var ended = new CancellationTokenSource();
        // A thread of its own, since a read of the standard input cannot be canceled.
        new Thread(() =>
        {
            ReadToEnd();
            log.Information("The standard input has ended, so the server stops (Process:StopWithInput)");
            ended.Cancel();
            lifetime.StopApplication();
        })
        {
            IsBackground = true, Name = "Standard input",
        }.Start();
        return ended.Token;
    }

    private static void ReadToEnd()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            input.CopyTo(Stream.Null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // An input that is closed or cannot be read has ended as well.
        }
    }
}
