namespace MessagingServices.Server.Pipeline;

/// <summary>The background stages.</summary>
internal static class PipelineRegistration
{
    public static void AddPipeline(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new ThisProcess(Guid.NewGuid()));
        services.AddStage<ReclaimAbandonedWork>();
        services.AddStage<FollowClock>();
        services.AddStage<SelectSenders>();
        services.AddStage<HandToCarrier>();
        services.AddStage<ApplyCarrierReports>();
        services.AddSingleton(RetentionOptions.Read(builder.Configuration));
        services.AddStage<RemoveOldMessages>();
        services.AddSingleton<CarrierHandOver>();
        services.AddSingleton<WayToCarrier>();
        services.AddSingleton(PipelineOptions.Read(builder.Configuration));
        services.AddHostedService<PipelineLoop>();
        services.AddSingleton<DueWork>();
        services.AddSingleton<OtherServers>();
        services.AddSingleton<FollowReset>();
    }

    /// <summary>Registers a stage.</summary>
    public static void AddStage<TStage>(this IServiceCollection services) where TStage : PipelineStage
    {
        services.AddSingleton<TStage>();
        services.AddSingleton<PipelineStage>(provider => provider.GetRequiredService<TStage>());
    }
}
