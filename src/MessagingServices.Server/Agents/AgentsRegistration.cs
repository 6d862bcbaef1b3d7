using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Agents;

/// <summary>Registers the tools for agents at <c>/mcp</c>.</summary>
internal static class AgentsRegistration
{
    private const string Path = "/mcp";

    /// <summary>A seed of the size that the API takes, and the message around it.</summary>
    private const int MaxBody = 2 * FormBody.MaxBytes;

    public static void AddAgents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AgentEndpoint>();
        builder.Services.AddScoped<CarryingRequest>();
    }

    public static WebApplication MapAgents(this WebApplication app)
    {
        var endpoints = app.MapGroup(Path).WithMetadata(
            new ForProgramsOfThisMachineAttribute(), new WithoutDeadlineAttribute(),
            new RequestSizeLimitAttribute(MaxBody));
        endpoints.MapPost("", app.Services.GetRequiredService<AgentEndpoint>().RespondAsync);
        // Without sessions there is nothing to listen to, and nothing to end. Clients try.
        endpoints.MapMethods("", [HttpMethods.Get, HttpMethods.Delete], Refuse);
        return app;
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        throw new TwilioException(MessagingError.MethodNotAllowed.ToApiError());
    }
}
