using System.Globalization;
using MessagingServices.Benchmarks.Load.Roles;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>A receiver of status callbacks as a process of its own.</summary>
internal sealed class RunningReceiver : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly HttpClient http;

    private RunningReceiver(ChildProcess process, string url)
    {
        (this.process, Url) = (process, url + "/");
        http = new() { BaseAddress = new(Url) };
    }

    /// <summary>Where callbacks go to.</summary>
    public string Url { get; }

    public int ProcessId => process.Id;

    public static async Task<RunningReceiver> StartAsync(CancellationToken cancellation)
    {
        var url = Ports.FreeUrl();
        var process = ChildProcess.StartRole(CallbackReceiver.Role, url);
        try
        {
            await process.AnswersAsync($"{url}/summary", cancellation);
            return new(process, url);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task<ReceiverSummary> ReadAsync(CancellationToken cancellation) =>
        ReceiverSummary.Parse(await http.GetStringAsync("summary", cancellation));

    /// <summary>When the delivered callback of each message came.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadDeliveredAsync(CancellationToken cancellation) =>
        (await http.GetStringAsync("delivered", cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ')).ToDictionary(words => words[0], words =>
            long.Parse(words[1], CultureInfo.InvariantCulture));

    public async Task ResetAsync(CancellationToken cancellation) =>
        (await http.PostAsync("reset", null, cancellation)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }
}
