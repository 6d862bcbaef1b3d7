using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MessagingServices.Server.Agents;

/// <summary>
/// Registers the server of the Model Context Protocol: tools for agents at <c>/mcp</c>. It has no sessions: each
/// request stands for itself, on any server of the database.
/// </summary>
internal static class AgentsRegistration
{
    private const string Path = "/mcp";

    /// <summary>A seed of the size that the API takes, and the message around it.</summary>
    private const int MaxBody = 2 * FormBody.MaxBytes;

    private const string Instructions =
        """
        This server behaves like Twilio's messaging APIs, without a carrier: nothing leaves the machine. Applications
        send to it with Twilio's SDKs, and these tools are the phones, the clock, the network and the explanations.
        Begin with get_connection. Send as a person with send_from_handset, wait with wait_for_message instead of
        sleeping, and ask explain_message when a message or a webhook is not what you expect. The documentation begins
        at /llms.txt.
        """;

    public static void AddAgents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ToolSet>();
        builder.Services.AddScoped<CarryingRequest>();
        builder.Services.AddMcpServer(options =>
        {
            options.ServerInfo = new()
            {
                Name = "messaging-services",
                Title = "Messaging Services",
                Version = typeof(AgentsRegistration).Assembly.GetName().Version!.ToString(3),
            };
            options.ServerInstructions = Instructions;
            options.Handlers.ListToolsHandler = (request, _) =>
                ValueTask.FromResult(request.Services!.GetRequiredService<ToolSet>().All);
            options.Handlers.CallToolHandler = async (request, cancellation) =>
                await request.Services!.GetRequiredService<ToolSet>().CallAsync(
                    request.Services!.GetRequiredService<CarryingRequest>().Context!, request.Params!, cancellation);
        }).WithHttpTransport(http => http.Stateless = true);
    }

    public static WebApplication MapAgents(this WebApplication app)
    {
        var endpoints = app.MapGroup(Path).WithMetadata(
            new ForProgramsOfThisMachineAttribute(), new WithoutDeadlineAttribute(), new RequestSizeLimitAttribute(MaxBody));
        // Without sessions there is nothing to listen to, and nothing to end. Clients try.
        endpoints.MapMethods("", [HttpMethods.Get, HttpMethods.Delete], Refuse);
        endpoints.MapMcp().Add(endpoint =>
        {
            var handle = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                context.RequestServices.GetRequiredService<CarryingRequest>().Context = context;
                return handle(context);
            };
        });
        return app;
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        throw new TwilioException(MessagingError.MethodNotAllowed.ToApiError());
    }

    /// <summary>The request that carries a message of the protocol.</summary>
    private sealed class CarryingRequest
    {
        public HttpContext? Context { get; set; }
    }
}
