using System.Data.Common;
using System.Runtime.CompilerServices;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Publishes what EF Core has committed, as <see cref="CommitEffects"/> does for the batches of messages. Without
/// listeners it looks at nothing.
/// </summary>
internal sealed class EventInterceptor(EventBus bus) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    /// <summary>The contexts that save without a transaction of their caller.</summary>
    private readonly ConditionalWeakTable<DbContext, EventInterceptor> saving = [];

    /// <inheritdoc/>
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!bus.IsListening || eventData.Context is not { } context) return ValueTask.FromResult(result);
        if (context.Database.CurrentTransaction is null)
        {
            context.TakeChanges();
            saving.AddOrUpdate(context, this);
        }

        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            Note(context, entry.Entity);
        }

        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { Database.CurrentTransaction: null } context && saving.Remove(context))
            Publish(context);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) saving.Remove(context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) saving.Remove(context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result,
        CancellationToken cancellationToken = default)
    {
        // Those of a transaction that was not committed. EF Core also begins transactions when it saves.
        if (eventData.Context is { } context && !saving.TryGetValue(context, out _)) context.TakeChanges();
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) Publish(context);
        return Task.CompletedTask;
    }

    private void Publish(DbContext context)
    {
        foreach (var change in context.TakeChanges()) bus.Publish(change);
    }

    private static void Note(DbContext context, object entity)
    {
        switch (entity)
        {
            case Message message:
                context.NoteChange(EventTypes.MessageUpdated, message.AccountSid, message.Sid);
                break;
            case Webhook webhook:
                context.NoteChange(EventTypes.WebhookUpdated, webhook.AccountSid, webhook.Sid);
                break;
            // It is delivered again.
            case QueuedWebhook queued:
                context.NoteChange(EventTypes.WebhookUpdated, queued.AccountSid, queued.WebhookSid);
                break;
            case Conversation conversation:
                context.NoteChange(EventTypes.ConversationUpdated, conversation.AccountSid, conversation.Sid);
                break;
            case ConversationParticipant participant:
                context.NoteChange(
                    EventTypes.ConversationUpdated, participant.AccountSid, participant.ConversationSid);
                break;
            case ConversationMessage message:
                context.NoteChange(EventTypes.ConversationUpdated, message.AccountSid, message.ConversationSid);
                break;
            case CarrierRule rule:
                context.NoteChange(EventTypes.RuleUpdated, rule.AccountSid, rule.Sid);
                break;
            case WebhookRule rule:
                context.NoteChange(EventTypes.RuleUpdated, rule.AccountSid, rule.Sid);
                break;
            case RequestRule rule:
                context.NoteChange(EventTypes.RuleUpdated, rule.AccountSid, rule.Sid);
                break;
            case Account account:
                context.NoteChange(EventTypes.AccountUpdated, account.Sid, account.Sid);
                if (account.OwnerSid is { } owner) context.NoteChange(EventTypes.AccountUpdated, owner, account.Sid);
                break;
        }
    }
}
