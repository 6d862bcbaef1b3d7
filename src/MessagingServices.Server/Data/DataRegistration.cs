using MessagingServices.Server.Data.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>Registers the database and the ways to reach it.</summary>
internal static class DataRegistration
{
    public static void AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<DatabaseOptions>();
        builder.AddSection<DatabaseWaitOptions>();
        builder.AddSection<EmbeddedPostgresOptions>();
        services.AddSingleton<SidSource>();
        services.AddSingleton<Database>();
        services.AddHostedService<PostgresSupervisor>();
        services.AddSingleton(provider => DataSources.Create(
            ConnectionDefaults.Complete(provider.GetRequiredService<Database>().ConnectionString).ConnectionString,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IDbContextFactory<MessagingDb>, MessagingDbFactory>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<MessagingDb>>().CreateDbContext());
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<DatabaseOutage>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseOutage>());
        services.AddSingleton<FailureLogs>();
        services.AddSingleton<ClockStates>();
        services.AddSingleton<AccountCache>();
        services.AddSingleton<ConsoleSessions>();
        services.AddSingleton<MessagingServiceCache>();
    }
}
