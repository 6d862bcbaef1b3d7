using MessagingServices.Server.Emulator.ClientEnvironment;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Emulator;

/// <summary>Registers the use cases of the emulator API: the clock, resets, waits and carrier rules.</summary>
internal static class EmulatorRegistration
{
    public static void AddEmulator(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<UnfinishedWork>();
        services.AddSingleton<AccountCaches>();
        services.AddSingleton<RemovedMessages>();
        services.AddSingleton<ClockChanges>();
        services.AddSingleton<PipelineDrain>();
        services.AddSingleton<MoveClock>();
        services.AddSingleton<DueThings>();
        services.AddSingleton<MoveClockToNext>();
        services.AddSingleton<ResetClock>();
        services.AddStage<ClockSync>();
        services.AddSingleton<AccountTasks>();
        services.AddSingleton<AccountRows>();
        services.AddSingleton<AccountWork>();
        services.AddSingleton<RemoveAccounts>();
        services.AddStage<FollowAccountTasks>();
        services.AddStage<FinishAccountTasks>();
        services.AddScoped<WaitForMessage>();
        services.AddScoped<RunningWrites>();
        services.AddSingleton(SearchLimits.Default);
        services.AddScoped<MessageSearch>();
        services.AddScoped<MessageStatistics>();
        services.AddSingleton<PreviewSenderSelection>();
        services.AddScoped<CarrierRuleUseCases>();
        services.AddScoped<WebhookRuleUseCases>();
        services.AddScoped<RequestRuleUseCases>();
        services.AddSingleton<RequestRules>();
        services.AddScoped<CheckSignature>();
        services.AddSingleton<ClientFiles>();
    }
}
