using MessagingServices.Server.Engine;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>Registers what makes webhooks.</summary>
internal static class WebhooksRegistration
{
    /// <summary>Adds the stage that posts status callbacks, and all that it needs but the database, the clock and the pipeline's signals.</summary>
    /// <exception cref="StartupException">The section <c>Webhooks</c> is wrong.</exception>
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(WebhookOptions.Read(builder.Configuration));
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<EndpointLimiter>();
        services.AddSingleton<WebhookResultWriter>();
        services.AddSingleton<ExhaustedWebhookLog>();
        services.AddSingleton<IWebhookProtocol, NotificationProtocol>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
        services.AddStage<DeliverWebhooks>();
        services.AddSingleton<ReplayWebhook>();
    }
}
