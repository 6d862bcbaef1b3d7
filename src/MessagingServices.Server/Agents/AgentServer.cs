using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MessagingServices.Server.Agents;

/// <summary>
/// The server of the Model Context Protocol. It has no sessions: each request stands for itself, on any server of the
/// database.
/// </summary>
internal static class AgentServer
{
    private const string Instructions =
        """
        This server behaves like Twilio's messaging APIs, without a carrier: no message reaches a real phone.
        Applications send to it with Twilio's SDKs, and these tools are the phones, the clock, the network and the
        explanations. Begin with get_connection. Send as a person with send_from_handset, wait with wait_for_message
        instead of sleeping, and ask explain_message when a message or a webhook is not what you expect. The
        documentation begins at /llms.txt.
        """;

    /// <summary>Makes what answers the messages.</summary>
    /// <param name="services">The services of the application.</param>
    public static RequestDelegate Make(IServiceProvider services)
    {
        ToolSet tools = new(
            services.GetRequiredService<FailedRequests>(), services.GetRequiredService<ICallerCheck>(),
            services.GetRequiredService<DatabaseWaitOptions>());
        // The library's services are its own: the application resolves none of them.
        ServiceCollection own = [];
        own.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        own.AddSingleton(services.GetRequiredService<IHostApplicationLifetime>());
        own.AddLogging();
        own.AddMcpServer(options => Configure(options, tools)).WithHttpTransport(http => http.Stateless = true);
        Endpoints endpoints = new(own.BuildServiceProvider());
        endpoints.MapMcp();
        return endpoints.DataSources.SelectMany(source => source.Endpoints).Single(IsPost).RequestDelegate!;
    }

    private static void Configure(McpServerOptions options, ToolSet tools)
    {
        options.ServerInfo = new()
        {
            Name = "messaging-services",
            Title = "Messaging Services",
            Version = typeof(AgentServer).Assembly.GetName().Version!.ToString(3),
        };
        options.ServerInstructions = Instructions;
        options.Handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(tools.All);
        // Without sessions the services of a message are those of its request.
        options.Handlers.CallToolHandler = async (message, cancellation) => await tools.CallAsync(
            message.Services!.GetRequiredService<CarryingRequest>().Context!, message.Params!, cancellation);
        options.Filters.Message.IncomingFilters.Add(next => (message, cancellation) =>
        {
            Check(message.JsonRpcMessage);
            return next(message, cancellation);
        });
    }

    // The library answers a call that it cannot read with "An error occurred.", from which nobody learns.
    private static void Check(JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: var given }) return;
        if (given is not JsonObject call || call["name"]?.GetValueKind() is not JsonValueKind.String
            || call["arguments"] is not (null or JsonObject))
        {
            throw new McpProtocolException(
                "The params of tools/call are an object with name, a text, and arguments, an object",
                McpErrorCode.InvalidParams);
        }
    }

    private static bool IsPost(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?
        .HttpMethods.Contains(HttpMethods.Post) is true;

    /// <summary>Where the library maps its endpoints.</summary>
    private sealed class Endpoints(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
