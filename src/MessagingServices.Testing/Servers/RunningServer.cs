using System.Globalization;
using MessagingServices.Testing.Http;

namespace MessagingServices.Testing.Servers;

/// <summary>A server that is ready, and its main account.</summary>
/// <param name="Connections">The connections to it.</param>
/// <param name="Account">Its main account.</param>
/// <param name="Process">What was started; null for a server that ran before.</param>
internal sealed record RunningServer(ServerConnections Connections, Credentials Account, ServerProcess? Process)
    : IAsyncDisposable
{
    private const string UrlVariable = "MESSAGING_SERVICES_URL";
    private const string ServerVariable = "MESSAGING_SERVICES_SERVER";
    private const string SidVariable = "MESSAGING_SERVICES_ACCOUNT_SID";
    private const string TokenVariable = "MESSAGING_SERVICES_AUTH_TOKEN";
    private const string DefaultSid = "AC00000000000000000000000000000001";
    private const string DefaultToken = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>Connects to the server that the options or the environment name, else starts one.</summary>
    /// <exception cref="EmulatorException">It is not ready in time, or refuses the credentials.</exception>
    public static async Task<RunningServer> OpenAsync(EmulatorOptions options)
    {
        var cancellation = options.Token;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.StartTimeout);
        ServerProcess? process = null;
        ServerConnections? connections = null;
        try
        {
            if (Named(options) is { } url)
            {
                connections = new(url, () => Task.FromResult<string?>(null));
            }
            else
            {
                process = ServerProcess.Start(
                    ServerCommand.Find(options.Server ?? Variable(ServerVariable), Directory.GetCurrentDirectory()),
                    options);
                connections = new(
                    await process.ServingAsync(timeout.Token).ConfigureAwait(false), process.WhyEndedAsync);
            }

            await UntilReadyAsync(connections, process, options, timeout.Token).ConfigureAwait(false);
            var account = AccountOf(options, isStarted: process is not null);
            await new EmulatorApi(connections, account, options).GetAsync("/emulator/v1/Clock").ConfigureAwait(false);
            return new(connections, account, process);
        }
        catch
        {
            connections?.Dispose();
            if (process is not null) await process.DisposeAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Connections.Dispose();
        if (Process is not null) await Process.DisposeAsync().ConfigureAwait(false);
    }

    private static Uri? Named(EmulatorOptions options)
    {
        if (options.Url is { } url) return url;
        if (options.Server is not null || Variable(UrlVariable) is not { } named) return null;
        return Uri.TryCreate(named, UriKind.Absolute, out var absolute)
            ? absolute : throw new EmulatorException($"{UrlVariable} is \"{named}\", which is no URL.");
    }

    private static Credentials AccountOf(EmulatorOptions options, bool isStarted) => isStarted
        ? new(
            Setting(options, "Account:Sid") ?? options.AccountSid ?? DefaultSid,
            Setting(options, "Account:AuthToken") ?? options.AuthToken ?? DefaultToken)
        : new(
            options.AccountSid ?? Variable(SidVariable) ?? DefaultSid,
            options.AuthToken ?? Variable(TokenVariable) ?? DefaultToken);

    private static string? Setting(EmulatorOptions options, string name) => options.Settings
        .FirstOrDefault(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static async Task UntilReadyAsync(
        ServerConnections connections, ServerProcess? process, EmulatorOptions options, CancellationToken timeout)
    {
        using var http = connections.CreateClient(Timeout.InfiniteTimeSpan);
        var last = "no answer";
        try
        {
            while (true)
            {
                try
                {
                    using var response = await http.GetAsync("/readyz", timeout).ConfigureAwait(false);
                    if (response.IsSuccessStatusCode) return;
                    last = $"/readyz answers {(int)response.StatusCode}";
                }
                catch (HttpRequestException failure)
                {
                    if (process is { HasEnded: true }) throw process.Ended();
                    last = failure.Message;
                }

                await Task.Delay(Rest, timeout).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            var how = string.Create(
                CultureInfo.InvariantCulture, $"is not ready after {options.StartTimeout.TotalSeconds} s: {last}");
            throw process?.Failed(how) ?? new EmulatorException($"The server at {connections.Url} {how}.");
        }
    }
}
