using MessagingServices.Server.Api.V2010;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Seeding;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Startup;

/// <summary>
/// The steps before the server starts, in this order: PostgreSQL, schema, first account, clock, seed.
/// </summary>
internal static class DatabaseStartup
{
    /// <summary>Compiles EF Core by the query of a typical read. It needs no services and no database.</summary>
    public static void WarmUp()
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres("Host=unused").Options;
        using var db = new MessagingDb(options);
        _ = db.Clocks.AsNoTracking().Where(clock => clock.Version > 0).ToQueryString();
    }

    /// <summary>
    /// Opens the database. It is closed, and an embedded PostgreSQL stopped, when the application is disposed.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="warmUp">Ends when <see cref="WarmUp"/> has ended.</param>
    /// <exception cref="StartupException">It cannot be used.</exception>
    public static async Task OpenDatabaseAsync(this WebApplication app, Task warmUp)
    {
        var services = app.Services;
        var cancellation = app.Lifetime.ApplicationStopping;
        var database = services.GetRequiredService<Database>();
        await database.OpenAsync(cancellation);
        // Their constructors need the database's address. They run while the schema is checked.
        var creation = Task.Run(() => CreateServices(services), cancellation);
        try
        {
            await warmUp;
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
        var databases = services.GetRequiredService<IDbContextFactory<MessagingDb>>();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await DatabaseMigration.ApplyAsync(db, cancellation))
            await database.SaveTemplateAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellation);
        await services.GetRequiredService<DefaultAccount>().EnsureAsync(db, cancellation);
        await services.GetRequiredService<EmulatorClock>().StartAsync(
            db, services.GetRequiredService<AccountOptions>().Sid, cancellation);
        await services.GetRequiredService<Seed>().ApplyAsync(db, cancellation);
    }

    // What runs in the background, and what the first message needs.
    private static void CreateServices(IServiceProvider services)
    {
        _ = services.GetServices<IHostedService>().ToList();
        _ = services.GetRequiredService<CreateMessageEndpoint>();
    }
}
