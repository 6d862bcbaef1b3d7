using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>One server-sent event.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Type">Its type, for example <c>message.updated</c>.</param>
/// <param name="Data">Its data.</param>
internal sealed record StreamedEvent(string Id, string Type, JsonNode Data)
{
    /// <summary>A member of the data as text.</summary>
    public string? this[string name] => Data[name]?.ToString();
}

/// <summary>A client of an event stream, which reads all the time.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    public const string Path = "/emulator/v1/Events";

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<StreamedEvent> events = new();
    private Task reading = Task.CompletedTask;
    private Exception? broken;

    private EventStream(HttpResponseMessage response) => Response = response;

    /// <summary>The response, whose body the stream is.</summary>
    public HttpResponseMessage Response { get; }

    /// <summary>All events until now, in their order.</summary>
    public IReadOnlyList<StreamedEvent> Events => [.. events];

    /// <summary>The lines that are no events: comments and <c>retry</c>.</summary>
    public ConcurrentQueue<string> OtherLines { get; } = new();

    /// <summary>The ID to go on with.</summary>
    public string? LastId { get; private set; }

    /// <summary>Whether the server has ended the stream.</summary>
    public bool HasEnded => reading.IsCompleted;

    /// <summary>Opens a stream: from then on it misses nothing.</summary>
    /// <param name="http">The client.</param>
    /// <param name="query">The filter.</param>
    public static async Task<EventStream> OpenAsync(HttpClient http, string query = "")
    {
        var response = await http.GetAsync($"{Path}?{query}", HttpCompletionOption.ResponseHeadersRead);
        Assert.True((int)response.StatusCode == 200, $"{(int)response.StatusCode}: {response}");
        EventStream stream = new(response);
        stream.reading = Task.Run(stream.ReadAsync);
        return stream;
    }

    /// <summary>Waits for an event, which may have come already. Fails after half a minute.</summary>
    public async Task<StreamedEvent> ExpectAsync(string type, Func<StreamedEvent, bool>? condition = null) =>
        (await Eventually.ValueAsync(
            () => Task.FromResult(
                events.FirstOrDefault(found => found.Type == type && (condition is null || condition(found)))),
            found => found is not null, _ => $"No such {type}, but: {Describe()}"))!;

    /// <summary>
    /// Waits until the server ends the stream. Fails after half a minute, and when the connection breaks instead.
    /// </summary>
    public async Task EndAsync()
    {
        await BreakAsync();
        Assert.Null(broken);
    }

    /// <summary>Waits until the stream ends, in order or not. Fails after half a minute.</summary>
    public Task BreakAsync() => Eventually.TrueAsync(() => HasEnded, () => "The stream has not ended");

    /// <summary>The events, for messages of failed tests.</summary>
    public string Describe() =>
        string.Join('\n', events.TakeLast(50).Select(one => $"{one.Type} {one.Data.ToJsonString()}"));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Response.Dispose();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        using StreamReader reader = new(await Response.Content.ReadAsStreamAsync(stop.Token));
        var (id, type, data) = ("", "", "");
        try
        {
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = id = line[4..];
                else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                else if (line.Length > 0) OtherLines.Enqueue(line);
                else if (data.Length > 0)
                {
                    events.Enqueue(new(id, type, JsonNode.Parse(data)!));
                    data = "";
                }
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            // The server was killed.
            broken = failure;
        }
    }
}
