using MessagingServices.Server.Emulator;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Selection;

namespace MessagingServices.Server.Engine;

/// <summary>The background stages.</summary>
internal static class EngineRegistration
{
    public static void AddPipeline(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new NodeId(Guid.NewGuid()));
        services.AddStage<ReclaimExpiredClaims>();
        services.AddStage<ClockSync>();
        services.AddStage<SelectSenders>();
        services.AddStage<HandToCarrier>();
        services.AddStage<ApplyCarrierReports>();
        services.AddSingleton(RetentionOptions.Read(builder.Configuration));
        services.AddStage<RemoveOldMessages>();
        services.AddSingleton<CarrierHandoff>();
        services.AddSingleton(PipelineOptions.Read(builder.Configuration));
        services.AddHostedService<PipelineLoop>();
        services.AddSingleton<PipelineDrain>();
        services.AddSingleton<PeerNodes>();
        services.AddSingleton<ResetPropagation>();
    }

    /// <summary>Registers a stage.</summary>
    public static void AddStage<TStage>(this IServiceCollection services) where TStage : PipelineStage
    {
        services.AddSingleton<TStage>();
        services.AddSingleton<PipelineStage>(provider => provider.GetRequiredService<TStage>());
    }
}
