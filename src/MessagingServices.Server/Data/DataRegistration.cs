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
        builder.AddSection<DatabaseOptions>();
        builder.AddSection<DatabaseWaitOptions>();
        builder.AddSection<EmbeddedPostgresOptions>();
        services.AddSingleton<SidSource>();
        services.AddSingleton<Database>();
        services.AddHostedService<PostgresSupervisor>();
        services.AddSingleton(provider =>
            DataSource(provider.GetRequiredService<Database>().ConnectionString, provider));
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

    private static NpgsqlDataSource DataSource(string connectionString, IServiceProvider provider)
    {
        var source = new NpgsqlSlimDataSourceBuilder(ConnectionDefaults.Complete(connectionString).ConnectionString);
        // The schema has PostgreSQL's own types only. The first connection would read all types of the database, and
        // the other builder brings along mappings that nothing uses: together 7 % of the time until it is ready.
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        source.EnableArrays();
        source.EnableTransportSecurity();
        source.EnableIntegratedSecurity();
        source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        return source.Build();
    }
}
