using System.Data.Common;
using System.Runtime.CompilerServices;
using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Wakes stages after commits of EF Core, as <see cref="MessageTransaction"/> does after those of a
/// <see cref="WriteBatch"/>. It notes which queues a context has fed, until the context's transaction ends.
/// </summary>
internal sealed class QueueFeedInterceptor(PipelineSignals signals) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, StrongBox<WorkQueues>> fed = [];

    /// <inheritdoc/>
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context
            && context.ChangeTracker.Entries<QueuedWebhook>().Any(entry => entry.State == EntityState.Added))
            fed.GetOrCreateValue(context).Value |= WorkQueues.Webhooks;
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { Database.CurrentTransaction: null } context) Wake(context);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) Wake(context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) fed.Remove(context);
        return Task.CompletedTask;
    }

    private void Wake(DbContext context)
    {
        if (!fed.TryGetValue(context, out var queues)) return;
        fed.Remove(context);
        signals.Wake(queues.Value);
    }
}
