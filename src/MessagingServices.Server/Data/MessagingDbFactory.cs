using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Opens the database by EF Core, which is loaded with the first call, not by a start.</summary>
internal sealed class MessagingDbFactory(IServiceProvider services) : IDbContextFactory<MessagingDb>
{
    // A failure is not kept, as Lazy would by default: the database may open later.
    private readonly Lazy<PooledDbContextFactory<MessagingDb>> pool =
        new(() => new(OptionsOf(services)), LazyThreadSafetyMode.PublicationOnly);

    /// <inheritdoc/>
    public MessagingDb CreateDbContext() => pool.Value.CreateDbContext();

    private static DbContextOptions<MessagingDb> OptionsOf(IServiceProvider services) =>
        new DbContextOptionsBuilder<MessagingDb>()
            .UseApplicationServiceProvider(services)
            .UseMessagingPostgres(services.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors([.. services.GetServices<IInterceptor>(), new StandbyWarnings()]).Options;
}
