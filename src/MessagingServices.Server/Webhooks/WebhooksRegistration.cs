using MessagingServices.Server.Messaging;
using MessagingServices.Server.Pipeline;

namespace MessagingServices.Server.Webhooks;

/// <summary>Registers what makes webhooks.</summary>
public static class WebhooksRegistration
{
    /// <summary>Adds the stage that posts status callbacks, and all that it needs but the database, the clock and the pipeline's signals.</summary>
    /// <exception cref="StartupException">The section <c>Webhooks</c> is wrong.</exception>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(WebhookOptions.Read(configuration));
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<AuthTokens>();
        services.AddSingleton<OwedWebhooks>();
        services.AddSingleton<CallbackLanes>();
        services.AddSingleton<AcknowledgementWriter>();
        services.AddSingleton<CallbackDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackDispatcher>());
        services.AddSingleton<PostStatusCallbacks>();
        services.AddSingleton<PipelineStage>(provider => provider.GetRequiredService<PostStatusCallbacks>());
        services.AddSingleton<ReplayWebhook>();
        return services;
    }
}
