using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore.Diagnostics;
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
        services.AddSingleton<Quarantine>();
        services.AddSingleton<IInterceptor, QueueFeedInterceptor>();

        services.AddSingleton(CarrierOptions.Read(builder.Configuration));
        services.AddSingleton<SimulatedCarrier>();
        services.AddSingleton<IMediaContinuation, HandOverAfterMedia>();
        services.AddSingleton<SenderSelectionStep>();

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

        services.AddScoped<CreateMessagingService>();
        services.AddScoped<UpdateMessagingService>();
        services.AddScoped<DeleteMessagingService>();
        services.AddScoped<ProvisionPhoneNumber>();
        services.AddScoped<UpdatePhoneNumber>();
        services.AddScoped<ReleasePhoneNumber>();
        services.AddScoped<ProvisionShortCode>();
        services.AddScoped<UpdateShortCode>();
        services.AddScoped<CreateChannelSender>();
        services.AddScoped<UpdateChannelSender>();
        services.AddScoped<DeleteChannelSender>();
        services.AddScoped<RegisterA2pCampaign>();
        services.AddScoped<UpdateA2pCampaign>();
        services.AddScoped<DeleteA2pCampaign>();
        services.AddScoped<UpdateAdvancedOptOut>();
        services.AddScoped<RecordConsents>();
        services.AddScoped<AddSenderToPool>();
        services.AddScoped<AddAlphaSender>();
        services.AddScoped<RemoveSenderFromPool>();

        services.AddSingleton<RenderContent>();
        services.AddScoped<CreateContentTemplate>();
        services.AddScoped<DeleteContentTemplate>();

        services.AddScoped<CreateCarrierRule>();
        services.AddScoped<DeleteCarrierRule>();
    }
}
