using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Empties tables while the stages of all servers continue. A stage in the middle of a batch finishes the batch first.
/// Later batches find empty tables.
/// </summary>
internal sealed class DatabaseReset(IDbContextFactory<MessagingDb> databases)
{
    private static readonly TimeSpan FirstLockTimeout = TimeSpan.FromMilliseconds(200);
    private const int MaxAttempts = 8;

    /// <summary>
    /// The tables of messages, in the order in which stages and use cases lock them. The queue comes first, so no stage
    /// runs while some of the tables are already locked.
    /// </summary>
    private static readonly Type[] MessageTables =
    [
        typeof(QueuedMessage), typeof(MessageOwnership), typeof(QueuedMedia),
        typeof(Conversation), typeof(ConversationParticipant), typeof(ConversationMessage),
        typeof(ConversationDelivery), typeof(ConversationWebhook),
        typeof(CarrierRule), typeof(CarrierRuleUse), typeof(CarrierRuleSample), typeof(CarrierDelivery),
        typeof(Message), typeof(MessageFeedback), typeof(StoredMedia), typeof(MediaContent),
        typeof(QueuedWebhook), typeof(Webhook),
        typeof(SessionCookies), typeof(WhatsAppWindow), typeof(SenderSelection), typeof(StickySender),
        typeof(SenderBacklog), typeof(OptOut),
    ];

    private static readonly Type[] KeptTables = [typeof(Account), typeof(ClockState), typeof(ServerNode)];

    /// <summary>Empties the tables of messages.</summary>
    /// <param name="inTransaction">
    /// Runs in the same transaction after the tables are empty. It runs again when the transaction is retried.
    /// </param>
    /// <param name="cancellation">Cancels the reset and leaves all tables unchanged.</param>
    /// <exception cref="TwilioException">20503 when the tables stay locked.</exception>
    public Task ClearMessagesAsync(Func<MessagingDb, Task> inTransaction, CancellationToken cancellation) =>
        RunAsync(_ => MessageTables, inTransaction, cancellation);

    /// <summary>Empties all tables except those of accounts, the clock and the running servers.</summary>
    /// <inheritdoc cref="ClearMessagesAsync"/>
    public Task ClearEverythingAsync(Func<MessagingDb, Task> inTransaction, CancellationToken cancellation) =>
        RunAsync(AllTables, inTransaction, cancellation);

    private static Type[] AllTables(MessagingDb db)
    {
        var all = db.Model.GetEntityTypes().Select(type => type.ClrType);
        return [.. MessageTables, .. all.Except(MessageTables).Except(KeptTables)];
    }

    private async Task RunAsync(
        Func<MessagingDb, Type[]> tables, Func<MessagingDb, Task> inTransaction, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellation);
                var names = tables(db).Select(type => db.Model.FindEntityType(type)!.GetTableName()).Distinct();
                var truncate = $"TRUNCATE {string.Join(", ", names.Select(name => $"\"{name}\""))}";
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                // The first timeouts are shorter than PostgreSQL's deadlock timeout (1 s). In a deadlock this
                // transaction fails then, not a stage.
                var timeout = $"{FirstLockTimeout.TotalMilliseconds * (1 << attempt)}ms";
                await db.Database.ExecuteSqlAsync($"SELECT set_config('lock_timeout', {timeout}, true)", cancellation);
                // This locks the clock's row first. A move of the clock also locks the row before it reads the tables.
                await db.CountResetAsync(cancellation);
                await db.Database.ExecuteSqlRawAsync(truncate, cancellation);
                await inTransaction(db);
                await transaction.CommitAsync(CancellationToken.None);
                return;
            }
            catch (Exception busy) when (DatabaseErrors.IsBusy(busy))
            {
                if (attempt == MaxAttempts - 1)
                    throw new TwilioException(new(MessagingError.Unavailable, "The tables are busy: try again"));
                await Task.Delay(Random.Shared.Next(10, 50), cancellation);
            }
        }
    }
}
