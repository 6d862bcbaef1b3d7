using MessagingServices.Server.Media;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Registers the services that receive messages from handsets and act on the responses of applications.
/// </summary>
internal static class InboundRegistration
{
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
