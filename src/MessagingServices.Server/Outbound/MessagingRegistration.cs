using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Accept;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Outbound;

/// <summary>The use cases, the clock they live by and the carrier.</summary>
internal static class MessagingRegistration
{
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(ClockOptions.Read(builder.Configuration));
        services.AddSingleton<EmulatorClock>();
        services.AddSingleton<Polling>();
        services.AddSingleton<MoveClock>();
        services.AddSingleton<ResetClock>();
        services.AddSingleton<PipelineSignals>();
        services.AddSingleton<MessageTransactions>();

        services.AddSingleton(CarrierOptions.Read(builder.Configuration));
        services.AddSingleton<ICarrier, SimulatedCarrier>();

        services.AddSingleton(ComplianceOptions.Read(builder.Configuration));
        services.AddSingleton(ThroughputOptions.Read(builder.Configuration));
        services.AddSingleton(PriceOptions.Read(builder.Configuration));
        services.AddSingleton<MessageWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageWriter>());
        services.AddSingleton<MessagingServiceCache>();
        services.AddSingleton<SenderChecks>();
        services.AddSingleton<AcceptMessage>();
        services.AddScoped<CancelMessage>();
        services.AddScoped<RedactMessage>();
        services.AddScoped<DeleteMessage>();
        services.AddScoped<DeleteMedia>();
        services.AddScoped<RecordFeedback>();
        services.AddScoped<WaitForMessage>();
        services.AddSingleton<PreviewSenderSelection>();
        services.AddSingleton<ResetServer>();

        services.AddScoped<MessagingServiceUseCases>();
        services.AddScoped<PhoneNumberUseCases>();
        services.AddScoped<ShortCodeUseCases>();
        services.AddScoped<ChannelSenderUseCases>();
        services.AddScoped<A2pCampaignUseCases>();
        services.AddScoped<OptOutUseCases>();
        services.AddScoped<SenderPoolUseCases>();

        services.AddSingleton<RenderContent>();
        services.AddScoped<ContentTemplateUseCases>();

        services.AddScoped<CarrierRuleUseCases>();
    }
}
