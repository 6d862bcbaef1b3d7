using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Accept;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Selection;
using MessagingServices.Server.Outbound.Throughput;

namespace MessagingServices.Server.Outbound;

/// <summary>Registers the services that accept messages, select their senders and hand them to the carrier.</summary>
internal static class OutboundRegistration
{
    public static void AddOutbound(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<CarrierOptions>();
        builder.AddSection<ComplianceOptions>();
        builder.AddSection<WhatsAppOptions>();
        builder.AddSection<ThroughputOptions>();
        builder.AddSection<RetentionOptions>();
        var prices = builder.AddSection<PriceOptions>();
        prices.Read(builder.Configuration);
        services.AddSingleton(prices.List);

        services.AddSingleton<NewMessages>();
        services.AddSingleton<MessageWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageWriter>());
        services.AddSingleton<AcceptReads>();
        services.AddSingleton<SenderChecks>();
        services.AddSingleton<RenderContent>();
        services.AddSingleton<FindApplication>();
        services.AddSingleton<AcceptMessage>();
        services.AddSingleton<TestMessages>();
        services.AddSingleton<SpentCache>();
        services.AddScoped<CancelMessage>();
        services.AddScoped<RedactMessage>();
        services.AddScoped<ReadMessage>();
        services.AddScoped<DeleteMessage>();
        services.AddScoped<RecordFeedback>();
        services.AddSingleton<FailWaitingMessages>();

        services.AddSingleton<PoolCache>();
        services.AddSingleton<SenderSelectionStep>();
        services.AddSingleton(provider =>
            new DefaultCarrierPlan(provider.GetRequiredService<CarrierOptions>().Delays.DefaultPlan));
        services.AddSingleton<CarrierReports>();
        services.AddSingleton<SimulatedCarrier>();
        services.AddSingleton<WhatsAppWindows>();
        services.AddSingleton<CarrierHandoff>();
        services.AddSingleton<IMediaContinuation, HandOverAfterMedia>();
        services.AddStage<SelectSenders>();
        services.AddStage<HandToCarrier>();
        services.AddStage<ApplyCarrierReports>();
        services.AddSingleton<ReleaseStatements>();
        services.AddSingleton<ReleaseBatch>();
        services.AddStage<ReleaseMessages>();
        services.AddStage<RemoveOldMessages>();
    }
}
