namespace MessagingServices.Server.Agents;

/// <summary>
/// Answers the messages of agents. What that needs is made for the first of them: without agents the server starts as
/// fast, and takes as little memory, as without this.
/// </summary>
internal sealed class AgentEndpoint(IServiceProvider services)
{
    private readonly Lazy<RequestDelegate> handle = new(() => AgentServer.Make(services));

    /// <summary>Answers one message of the protocol.</summary>
    /// <exception cref="TwilioException">20001: the body is not sent as JSON.</exception>
    public Task RespondAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new TwilioException(MessagingError.BadParameter.ToApiError("Content-Type must be application/json"));
        context.RequestServices.GetRequiredService<CarryingRequest>().Context = context;
        return handle.Value(context);
    }
}

/// <summary>The request that carries a message of the protocol, for the tool that the message calls.</summary>
internal sealed class CarryingRequest
{
    public HttpContext? Context { get; set; }
}
