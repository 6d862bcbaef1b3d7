namespace MessagingServices.Testing;

/// <summary>Which server <see cref="Emulator.StartAsync"/> uses: a running one, or one that it starts.</summary>
/// <remarks>
/// The first of these that is given decides: <see cref="Url"/>; <see cref="Server"/>; the environment variable
/// <c>MESSAGING_SERVICES_URL</c>; that of <c>MESSAGING_SERVICES_SERVER</c>; the local tool <c>messaging-services</c> of
/// a <c>dotnet-tools.json</c> in the current folder or above it; else <c>dnx MessagingServices</c> in the version of
/// this library, which needs the .NET 10 SDK.
/// </remarks>
public sealed class EmulatorOptions
{
    /// <summary>
    /// The address of a running server, such as <c>http://localhost:8080</c>. By default that of the environment
    /// variable <c>MESSAGING_SERVICES_URL</c>; without both, a server is started.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// The SID of the main account. Of a running server by default <c>MESSAGING_SERVICES_ACCOUNT_SID</c>, else the
    /// server's own default. A server that is started gets it as its <c>Account:Sid</c>.
    /// </summary>
    public string? AccountSid { get; set; }

    /// <summary>
    /// The Auth Token of the main account. Of a running server by default <c>MESSAGING_SERVICES_AUTH_TOKEN</c>, else
    /// the server's own default. A server that is started gets it as its <c>Account:AuthToken</c>.
    /// </summary>
    public string? AuthToken { get; set; }

    /// <summary>
    /// The server to start: the path of <c>MessagingServices.Server.dll</c> or of an executable, or a command with its
    /// arguments separated by spaces, such as <c>dotnet tool run messaging-services</c>. By default that of the
    /// environment variable <c>MESSAGING_SERVICES_SERVER</c>.
    /// </summary>
    public string? Server { get; set; }

    /// <summary>
    /// Settings of a server that is started, by their names in its documentation, such as
    /// <c>["Clock:Frozen"] = "true"</c>. The environment of the tests is not asked for settings: it is that of the
    /// application under test. A running server ignores them.
    /// </summary>
    public IDictionary<string, string> Settings { get; set; } = new Dictionary<string, string>();

    /// <summary>
    /// How long the server may take until it is ready. The default is two minutes: the first <c>dnx</c> on a machine
    /// downloads the server.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Asked at each call for the token that cancels it, such as <c>() => TestContext.Current.CancellationToken</c> in
    /// xunit v3. Cleaning up is not canceled.
    /// </summary>
    public Func<CancellationToken>? Cancellation { get; set; }

    /// <summary>
    /// Gets each line that a started server prints, and what this library does. Any thread may call it.
    /// </summary>
    public Action<string>? Log { get; set; }

    internal CancellationToken Token => Cancellation?.Invoke() ?? CancellationToken.None;

    internal void Write(string line)
    {
        try
        {
            Log?.Invoke(line);
        }
        catch (Exception)
        {
            // Test frameworks refuse output outside of a test, and the server speaks at any time.
        }
    }
}
