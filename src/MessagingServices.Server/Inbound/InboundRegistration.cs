using MessagingServices.Server.Media;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Inbound;

/// <summary>Registers what takes messages from handsets and acts on what applications answer.</summary>
internal static class InboundRegistration
{
    /// <summary>Adds it; it needs the database, the clock, the pipeline's transactions and signals, and what makes webhooks.</summary>
    public static void AddInbound(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ReceiveMessage>();
        services.AddSingleton<InboundRouter>();
        services.AddSingleton<IMediaContinuation, RouteAfterMedia>();
        services.AddSingleton<IWebhookProtocol, TwimlProtocol>();
        services.AddSingleton<TwimlSession>();
        services.AddSingleton<TwimlResultWriter>();
        services.AddSingleton<WebhookRecorder>();
    }
}
