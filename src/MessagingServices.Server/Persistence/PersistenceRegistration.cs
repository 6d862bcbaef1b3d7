using MessagingServices.Server.Persistence.EmbeddedPostgres;
using MessagingServices.Server.Seeding;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Persistence;

/// <summary>The database.</summary>
internal static class PersistenceRegistration
{
    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(EmbeddedPostgresOptions.Read(builder.Configuration));
        services.AddSingleton<SidSource>();
        services.AddSingleton<Database>();
        services.AddHostedService<KeepPostgresRunning>();
        services.AddSingleton(provider => DataSource(provider.GetRequiredService<Database>().ConnectionString, provider));
        services.AddPooledDbContextFactory<MessagingDb>(
            (provider, options) => options.UseMessagingPostgres(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<MessagingDb>>().CreateDbContext());
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<FirstAccount>();
        services.AddSingleton(new SeedOptions { File = builder.Configuration["Seed:File"] });
        services.AddSingleton<Seed>();
        services.AddSingleton<Truncation>();
    }

    private static NpgsqlDataSource DataSource(string connectionString, IServiceProvider provider)
    {
        var source = new NpgsqlDataSourceBuilder(ConnectionDefaults.Complete(connectionString).ConnectionString);
        source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        return source.Build();
    }
}
