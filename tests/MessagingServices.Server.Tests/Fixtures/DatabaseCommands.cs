using System.Collections.Concurrent;
using System.Diagnostics;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// The database commands of single requests to a server in the tests' process, whatever it does besides: by the trace
/// that the request names.
/// </summary>
internal sealed class DatabaseCommands : IDisposable
{
    private const string Database = "Npgsql";

    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> traces = new();
    private readonly ActivityListener listener;

    public DatabaseCommands()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name is Database or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => traces.ContainsKey(options.TraceId)
                ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == Database && traces.TryGetValue(activity.TraceId, out var commands)
                    && StatementOf(activity) is { } statement) commands.Enqueue(statement);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Makes a request. Returns its status, the body of the answer, and the texts of its commands.</summary>
    public async Task<(int Status, string Text, IReadOnlyList<string> Commands)> OfAsync(
        HttpClient client, HttpRequestMessage request)
    {
        var trace = ActivityTraceId.CreateRandom();
        var commands = traces[trace] = new();
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        traces.TryRemove(trace, out _);
        return ((int)answer.StatusCode, text, [.. commands]);
    }

    public void Dispose() => listener.Dispose();

    private static string? StatementOf(Activity activity) =>
        (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement"))?.ToString();
}
