using MessagingServices.Server.Messaging;
using MessagingServices.Server.Pipeline;

namespace MessagingServices.Server.Webhooks;

/// <summary>Registers what makes webhooks.</summary>
public static class WebhooksRegistration
{
    /// <summary>Adds the stage that posts status callbacks, and all that it needs but the database, the clock and the pipeline's signals.</summary>
    /// <exception cref="StartupException">The section <c>Webhooks</c> is wrong.</exception>
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(WebhookOptions.Read(builder.Configuration));
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<OwedWebhooks>();
        services.AddSingleton<CallbackLanes>();
        services.AddSingleton<AcknowledgementWriter>();
        services.AddSingleton<GivenUpLog>();
        services.AddSingleton<PostWebhook>();
        services.AddSingleton<CallbackDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackDispatcher>());
        services.AddStage<PostStatusCallbacks>();
        services.AddSingleton<ReplayWebhook>();
    }
}
