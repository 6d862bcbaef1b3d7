namespace MessagingServices.Server.Startup;

/// <summary>The server as a process.</summary>
[Section("Process", "The server as a process.", See = "deployment.md#stop-with-the-program-that-started-it")]
internal sealed class ProcessOptions
{
    [Setting("`true`: the server stops, as on SIGTERM, when its standard input ends. A program that starts the server "
        + "and holds the other end of this pipe leaves no server behind, even if it is killed. With an input that has "
        + "no content, such as `/dev/null`, the server stops at once.")]
    public bool StopWithInput { get; init; }
}
