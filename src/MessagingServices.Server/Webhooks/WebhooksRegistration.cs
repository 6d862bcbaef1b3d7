using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>Registers the services that deliver webhooks.</summary>
internal static class WebhooksRegistration
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<WebhookFaults>();
        services.AddSingleton<EndpointLimiter>();
        services.AddSingleton<IWebhookOwner, WebhookOwner>();
        services.AddSingleton<WebhookResults>();
        services.AddSingleton<WebhookResultWriter>();
        services.AddSingleton<ExhaustedWebhookLog>();
        services.AddSingleton<IWebhookProtocol, NotificationProtocol>();
        services.AddSingleton<HeldWebhooks>();
        services.AddSingleton<WebhookProtocols>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
        services.AddStage<DeliverWebhooks>();
        services.AddSingleton<ReplayWebhook>();
    }
}
