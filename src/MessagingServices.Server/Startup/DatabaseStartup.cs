using MessagingServices.Server.Engine;
using MessagingServices.Server.Seeding;
using Microsoft.EntityFrameworkCore;

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
        await services.GetRequiredService<Database>().OpenAsync(cancellation);
        var databases = services.GetRequiredService<IDbContextFactory<MessagingDb>>();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await DatabaseMigration.ApplyAsync(db, cancellation);
        await services.GetRequiredService<DefaultAccount>().EnsureAsync(db, cancellation);
        await services.GetRequiredService<EmulatorClock>().StartAsync(db, cancellation);
        await services.GetRequiredService<Seed>().ApplyAsync(db, force: false, cancellation);
    }
}
