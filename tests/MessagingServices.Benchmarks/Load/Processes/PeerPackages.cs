namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>Other emulators of Twilio's API, installed from npm where that is possible.</summary>
internal static class PeerPackages
{
    /// <summary>Names the OpenAPI file that Prism serves, a path or URL, in place of the installed one.</summary>
    private const string OpenApiVariable = "MESSAGING_BENCH_OPENAPI";

    private static string Folder { get; } = Repository.PathTo("tests/MessagingServices.Benchmarks/peers");

    /// <summary>Installs what the lock file names, unless it is there.</summary>
    /// <exception cref="LoadSkipped">It cannot be installed.</exception>
    public static async Task InstallAsync(CancellationToken cancellation)
    {
        var (installed, wanted) = (Path.Combine(Folder, "node_modules/.package-lock.json"),
            Path.Combine(Folder, "package-lock.json"));
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) > File.GetLastWriteTimeUtc(wanted)) return;
        try
        {
            await ChildProcess.RunAsync(Programs.Find("npm"),
                ["ci", "--prefix", Folder, "--no-audit", "--no-fund", "--loglevel=error"], cancellation);
        }
        catch (LoadFailure failure)
        {
            throw new LoadSkipped($"the peers could not be installed from npm. {failure.Message}");
        }
    }

    /// <summary>Stoplight Prism with Twilio's OpenAPI file.</summary>
    /// <exception cref="LoadSkipped">There is no such file.</exception>
    public static ChildProcess StartPrism(int port)
    {
        var file = Environment.GetEnvironmentVariable(OpenApiVariable) is { Length: > 0 } named ? named
            : Path.Combine(Folder, "node_modules/@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json");
        if (!file.Contains("://", StringComparison.Ordinal) && !File.Exists(file))
            throw new LoadSkipped(
                $"Twilio's OpenAPI file is not at {file}: name twilio_api_v2010.json of github.com/twilio/twilio-oai "
                + $"in {OpenApiVariable}.");
        return ChildProcess.Start(InPackages(".bin/node"), InPackages(".bin/prism"), "mock", "-h", "127.0.0.1", "-p",
            $"{port}", file);
    }

    /// <summary><c>emulate</c> with its Twilio service, which answers 5,000 requests.</summary>
    public static ChildProcess StartEmulate(int port) =>
        ChildProcess.Start(InPackages(".bin/node"), InPackages("emulate/dist/index.js"), "start", "-p", $"{port}", "-s",
            "twilio");

    private static string InPackages(string path)
    {
        var found = Path.Combine(Folder, "node_modules", path);
        return File.Exists(found) ? found : throw new LoadSkipped($"{found} is missing: npm did not install it.");
    }
}
