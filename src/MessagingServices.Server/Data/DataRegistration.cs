using Microsoft.EntityFrameworkCore.Diagnostics;
using MessagingServices.Server.Data.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Registers the database and the ways to reach it.</summary>
internal static class DataRegistration
{
    public static void AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<DatabaseOptions>();
        services.AddSection<DatabaseWaitOptions>();
        services.AddSection<EmbeddedPostgresOptions>();
        services.AddSingleton<SidSource>();
        services.AddSingleton<Database>();
        services.AddHostedService<PostgresSupervisor>();
        services.AddSingleton(provider =>
            DataSource(provider.GetRequiredService<Database>().ConnectionString, provider));
        services.AddPooledDbContextFactory<MessagingDb>(
            (provider, options) => options.UseMessagingPostgres(provider.GetRequiredService<NpgsqlDataSource>())
                .AddInterceptors([.. provider.GetServices<IInterceptor>(), new StandbyWarnings()]));
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

    private static NpgsqlDataSource DataSource(string connectionString, IServiceProvider provider)
    {
        var source = new NpgsqlDataSourceBuilder(ConnectionDefaults.Complete(connectionString).ConnectionString);
        source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        return source.Build();
    }
}
