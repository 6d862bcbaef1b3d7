using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Emulator;

/// <summary>Registers the use cases of the emulator API: the clock, resets, waits and carrier rules.</summary>
internal static class EmulatorRegistration
{
    public static void AddEmulator(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<UnfinishedWork>();
        services.AddSingleton<RemovedMessages>();
        services.AddSingleton<PipelineDrain>();
        services.AddSingleton<MoveClock>();
        services.AddSingleton<ResetClock>();
        services.AddStage<ClockSync>();
        services.AddSingleton<DatabaseReset>();
        services.AddSingleton<ResetPropagation>();
        services.AddSingleton<ResetServer>();
        services.AddScoped<WaitForMessage>();
        services.AddSingleton<PreviewSenderSelection>();
        services.AddScoped<CarrierRuleUseCases>();
    }
}
