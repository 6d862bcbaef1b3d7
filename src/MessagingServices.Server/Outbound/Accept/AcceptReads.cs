using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// The database for the checks of new messages. They use at most half of the connections. Otherwise, thousands of
/// messages a second would keep every other request, and the stages, waiting for a connection.
/// </summary>
internal sealed class AcceptReads(IDbContextFactory<MessagingDb> databases, NpgsqlDataSource connections) : IDisposable
{
    private readonly SemaphoreSlim share =
        new(Math.Max(1, new NpgsqlConnectionStringBuilder(connections.ConnectionString).MaxPoolSize / 2));

    /// <summary>Waits for a free place, and opens the database.</summary>
    public async Task<Lease> OpenAsync(CancellationToken cancellation)
    {
        await share.WaitAsync(cancellation);
        try
        {
            return new(await databases.CreateDbContextAsync(cancellation), share);
        }
        catch
        {
            share.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => share.Dispose();

    /// <summary>The database, until it is disposed of.</summary>
    internal sealed class Lease(MessagingDb db, SemaphoreSlim share) : IAsyncDisposable
    {
        public MessagingDb Db => db;

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await db.DisposeAsync();
            share.Release();
        }
    }
}
