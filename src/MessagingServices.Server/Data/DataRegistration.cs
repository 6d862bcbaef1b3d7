using Microsoft.EntityFrameworkCore.Diagnostics;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Seeding;
using MessagingServices.Server.Startup;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>The database.</summary>
internal static class DataRegistration
{
    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(EmbeddedPostgresOptions.Read(builder.Configuration));
        services.AddSingleton<SidSource>();
        services.AddSingleton<Database>();
        services.AddHostedService<PostgresSupervisor>();
        services.AddSingleton(provider => DataSource(provider.GetRequiredService<Database>().ConnectionString, provider));
        services.AddPooledDbContextFactory<MessagingDb>(
            (provider, options) => options.UseMessagingPostgres(provider.GetRequiredService<NpgsqlDataSource>())
                .AddInterceptors(provider.GetServices<IInterceptor>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<MessagingDb>>().CreateDbContext());
        services.AddSingleton<AccountCache>();
        services.AddSingleton<DefaultAccount>();
        services.AddSingleton(new SeedOptions { File = builder.Configuration["Seed:File"] });
        services.AddSingleton<Seed>();
        services.AddSingleton<DatabaseReset>();
    }

    private static NpgsqlDataSource DataSource(string connectionString, IServiceProvider provider)
    {
        var source = new NpgsqlDataSourceBuilder(ConnectionDefaults.Complete(connectionString).ConnectionString);
        source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        return source.Build();
    }
}
