using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Seeding;
using Npgsql;

namespace MessagingServices.Server.Startup;

/// <summary>
/// The steps before the server starts, in this order: PostgreSQL, schema, first account, clock, seed.
/// </summary>
internal static class DatabaseStartup
{
    /// <summary>
    /// Opens the database. It is closed, and an embedded PostgreSQL stopped, when the application is disposed.
    /// </summary>
    /// <exception cref="StartupException">It cannot be used.</exception>
    public static async Task OpenDatabaseAsync(this WebApplication app)
    {
        var services = app.Services;
        var cancellation = app.Lifetime.ApplicationStopping;
        var database = services.GetRequiredService<Database>();
        await database.OpenAsync(cancellation);
        // Their constructors need the database's address. They run while the schema is checked.
        var creation = Task.Run(() => CreateServices(services), cancellation);
        try
        {
            await PrepareAsync(services, database, cancellation);
        }
        finally
        {
            // A failure before it is the one to tell. But no service may be created when the application is disposed.
            await creation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await creation;
    }

    private static async Task PrepareAsync(
        IServiceProvider services, Database database, CancellationToken cancellation)
    {
        if (await DatabaseMigration.ApplyAsync(
            () => services.GetRequiredService<NpgsqlDataSource>().CreateConnection(),
            services.GetRequiredService<ILoggerFactory>(), cancellation))
            await database.SaveTemplateAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellation);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await using (var connection = await source.OpenConnectionAsync(cancellation))
        {
            StandbyWarnings.Watch(connection);
            await services.GetRequiredService<DefaultAccount>().EnsureAsync(connection, cancellation);
            await services.GetRequiredService<EmulatorClock>().StartAsync(
                connection, services.GetRequiredService<AccountOptions>().Sid, cancellation);
        }

        await services.GetRequiredService<Seed>().ApplyAsync(source, cancellation);
    }

    // What runs in the background, and what the first message needs.
    private static void CreateServices(IServiceProvider services)
    {
        _ = services.GetServices<IHostedService>().ToList();
        _ = services.GetRequiredService<CreateMessageEndpoint>();
    }
}
