using System.Text.Json;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace MessagingServices.Server.Agents;

/// <summary>The tools: lists them, and calls them.</summary>
internal sealed class ToolSet(FailedRequests failures, ICallerCheck callers, DatabaseWaitOptions patience)
{
    /// <summary>What follows a deletion counts on this: no call goes on for long with what it knew before.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private const int MaxName = 100;

    private static readonly Entry[] Entries =
    [
        Entry.Of<GetConnectionTool>(), Entry.Of<CreateAccountTool>(), Entry.Of<SendFromHandsetTool>(),
        Entry.Of<WaitForMessageTool>(), Entry.Of<SearchMessagesTool>(), Entry.Of<ExplainMessageTool>(),
        Entry.Of<CheckSignatureTool>(), Entry.Of<SetFaultTool>(), Entry.Of<MoveClockTool>(),
    ];

    private readonly Lazy<ListToolsResult> all =
        new(() => new() { Tools = [.. Entries.Select(entry => entry.Description.ToProtocol())] });

    /// <summary>All tools.</summary>
    public ListToolsResult All => all.Value;

    /// <summary>Calls a tool. Every failure is an error of the tool, in Twilio's shape.</summary>
    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public async Task<CallToolResult> CallAsync(
        HttpContext context, CallToolRequestParams call, CancellationToken cancellation)
    {
        var entry = Entries.FirstOrDefault(one => one.Description.Name == call.Name)
            ?? throw UnknownTool(context, call.Name);
        try
        {
            if (RequestFacts.Of(context).Duration > Slow) await callers.CheckAgainAsync(context);
            return Text(JsonSerializer.SerializeToElement(
                await RunAsync(entry, context, call, cancellation), entry.Description.Result, ApiJson.Options));
        }
        catch (Exception failure) when (failure is not OperationCanceledException
            || !cancellation.IsCancellationRequested)
        {
            var error = failures.ErrorOf(context, failure);
            if (ToolCall.IsOfParameter(error))
                error = error with { Message = entry.Description.Rename(error.Message) };
            failures.LogRefused(context, $"{FailedRequests.LoggedPath(context)} {call.Name}", error);
            return ErrorOf(context, error);
        }
    }

    private McpProtocolException UnknownTool(HttpContext context, string name)
    {
        // Without the name, which can be of any size.
        failures.LogRefused(context, FailedRequests.LoggedPath(context), MessagingError.BadParameter.ToApiError());
        var known = string.Join(", ", Entries.Select(entry => entry.Description.Name));
        return new($"Unknown tool: '{ShortText.Of(name, MaxName)}'. The tools are {known}", McpErrorCode.InvalidParams);
    }

    private async Task<object> RunAsync(
        Entry entry, HttpContext context, CallToolRequestParams call, CancellationToken cancellation)
    {
        ToolCall made = new(context, new(call.Arguments, entry.Description));
        if (entry.Description.TakesLong) return await entry.CallAsync(made, cancellation);
        using DatabaseWait wait = new(patience.RequestTimeout(), cancellation);
        return await entry.CallAsync(made, wait.Token);
    }

    private static CallToolResult Text(JsonElement result) => new()
    {
        Content = [new TextContentBlock { Text = result.GetRawText() }], StructuredContent = result,
    };

    private static CallToolResult ErrorOf(HttpContext context, ApiError error) => new()
    {
        IsError = true,
        Content =
        [
            new TextContentBlock
            {
                Text = JsonSerializer.Serialize(ErrorRenderer.BodyOf(context.Request, error), ApiJson.Options),
            },
        ],
    };

    /// <summary>A tool.</summary>
    private sealed record Entry(
        ToolDescription Description, Func<ToolCall, CancellationToken, Task<object>> CallAsync)
    {
        public static Entry Of<T>() where T : class, IAgentTool => new(
            T.Description,
            (call, cancellation) => ActivatorUtilities.CreateInstance<T>(call.Context.RequestServices)
                .CallAsync(call, cancellation));
    }
}
