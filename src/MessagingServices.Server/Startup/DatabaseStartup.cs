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
    /// <summary>
    /// Opens the database. It is closed, and an embedded PostgreSQL stopped, when the application is disposed.
    /// </summary>
    /// <exception cref="StartupException">It cannot be used.</exception>
    public static async Task OpenDatabaseAsync(this WebApplication app)
    {
        var services = app.Services;
        var cancellation = app.Lifetime.ApplicationStopping;
        var database = services.GetRequiredService<Database>();
        // EF Core is compiled on one core while PostgreSQL starts on the other.
        var warmUp = Task.Run(WarmUp, cancellation);
        await database.OpenAsync(cancellation);
        // They need the database's address to be made. The host would make them one after the other.
        var background = Task.Run(() => services.GetServices<IHostedService>().ToList(), cancellation);
        await warmUp;
        var databases = services.GetRequiredService<IDbContextFactory<MessagingDb>>();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await DatabaseMigration.ApplyAsync(db, cancellation))
            await database.SaveTemplateAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellation);
        await services.GetRequiredService<DefaultAccount>().EnsureAsync(db, cancellation);
        await services.GetRequiredService<EmulatorClock>().StartAsync(
            db, services.GetRequiredService<AccountOptions>().Sid, cancellation);
        await services.GetRequiredService<Seed>().ApplyAsync(db, cancellation);
        await background;
    }

    // The query of a typical read, without a database.
    private static void WarmUp()
    {
        var options = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres("Host=unused").Options;
        using var db = new MessagingDb(options);
        _ = db.Clocks.AsNoTracking().Where(clock => clock.Version > 0).ToQueryString();
    }
}
