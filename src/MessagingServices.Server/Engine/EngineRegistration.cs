using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MessagingServices.Server.Engine;

/// <summary>Registers the mechanism of the background stages. Each stage is registered by its own folder.</summary>
internal static class EngineRegistration
{
    public static void AddEngine(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<ClockOptions>();
        builder.AddSection<PipelineOptions>();
        services.AddSingleton<EmulatorClock>();
        services.AddSingleton(provider => new NodeId(Guid.NewGuid())
        {
            DefaultPlan = provider.GetRequiredService<DefaultCarrierPlan>().Plan,
        });
        services.AddSingleton<PeerNodes>();
        services.AddSingleton<Polling>();
        services.AddSingleton<PipelineSignals>();
        services.AddSingleton<OwnedMessages>();
        services.AddSingleton<CommitEffects>();
        services.AddSingleton<QueueWakes>();
        services.AddSingleton<WriteBatches>();
        services.AddSingleton<MessageTransactions>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<StageServices>();
        services.AddSingleton<IInterceptor, QueueFeedInterceptor>();
        services.AddSingleton<IInterceptor, EventInterceptor>();
        services.AddStage<ReclaimExpiredClaims>();
        services.AddSingleton<QueueTelemetry>();
        services.AddSingleton<EventNotices>();
        // The first to start is the last to stop: all others may publish until then.
        services.AddHostedService<SendEvents>();
    }

    /// <summary>
    /// Runs the stages. Call it after all folders: services stop in reverse order, so the stages stop before the
    /// services that finish their work.
    /// </summary>
    public static void AddPipelineLoop(this WebApplicationBuilder builder)
    {
        // Before the stages: other servers may listen to what they do.
        builder.Services.AddHostedService<EventPeers>();
        builder.Services.AddHostedService<PipelineLoop>();
        builder.Services.AddHostedService<QueueNotices>();
    }

    /// <summary>Registers a stage.</summary>
    public static void AddStage<TStage>(this IServiceCollection services) where TStage : PipelineStage
    {
        services.AddSingleton<TStage>();
        services.AddSingleton<PipelineStage>(provider => provider.GetRequiredService<TStage>());
    }
}
