namespace MessagingServices.Server.Api.Authentication;

/// <summary>The web console.</summary>
[Section("Console", "The web console.", See = "security.md#the-console")]
internal sealed class ConsoleOptions
{
    [Setting("`false`: there is no web console at `/console`, and no sign-in to it.")]
    public bool Enabled { get; init; } = true;

    [Setting("The folder with the built files of the console.", Default = "`console` beside the program",
        Values = "a path")]
    public string? Directory { get; init; }
}
