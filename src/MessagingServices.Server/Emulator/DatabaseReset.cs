using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Empties tables while the stages of all servers go on: whoever is in the middle of a batch ends it first, whoever comes later finds
/// nothing.
/// </summary>
internal sealed class DatabaseReset(IDbContextFactory<MessagingDb> databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private const int Tries = 8;

    /// <summary>
    /// What belongs to messages, in the order in which stages and use cases take these tables: the queue first, so that no stage is left
    /// between two tables.
    /// </summary>
    private static readonly Type[] OfMessages =
    [
        typeof(QueuedMessage), typeof(QueuedMedia),
        typeof(Conversation), typeof(ConversationParticipant), typeof(ConversationMessage), typeof(ConversationDelivery),
        typeof(ConversationWebhook),
        typeof(CarrierRule), typeof(CarrierRuleUse), typeof(CarrierRuleSample), typeof(CarrierDelivery),
        typeof(Message), typeof(MessageFeedback), typeof(StoredMedia), typeof(MediaContent), typeof(QueuedWebhook), typeof(Webhook),
        typeof(SessionCookies), typeof(SenderSelection), typeof(StickySender), typeof(SenderBacklog), typeof(OptOut),
    ];

    private static readonly Type[] Kept = [typeof(Account), typeof(ClockState), typeof(ServerNode)];

    /// <summary>Empties the tables of messages.</summary>
    /// <param name="meanwhile">What else is done in the transaction, after the tables are empty; done again when it is tried again.</param>
    /// <param name="cancellation">Gives up; nothing is emptied then.</param>
    /// <exception cref="TwilioException">20503 when the tables are never free.</exception>
    public Task OfMessagesAsync(Func<MessagingDb, Task> meanwhile, CancellationToken cancellation) =>
        RunAsync(_ => OfMessages, meanwhile, cancellation);

    /// <summary>Empties all tables but those of accounts, the clock and the running servers.</summary>
    /// <inheritdoc cref="OfMessagesAsync"/>
    public Task OfEverythingAsync(Func<MessagingDb, Task> meanwhile, CancellationToken cancellation) => RunAsync(
        db => [.. OfMessages, .. db.Model.GetEntityTypes().Select(type => type.ClrType).Except(OfMessages).Except(Kept)], meanwhile, cancellation);

    private async Task RunAsync(Func<MessagingDb, Type[]> tables, Func<MessagingDb, Task> meanwhile, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellation);
                var truncate = "TRUNCATE " + string.Join(", ", tables(db).Select(type => $"\"{db.Model.FindEntityType(type)!.GetTableName()}\"").Distinct());
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                // Shorter at first than PostgreSQL takes to find a deadlock: then it is this transaction that gives way, never a stage.
                var patience = $"{Patience.TotalMilliseconds * (1 << attempt)}ms";
                await db.Database.ExecuteSqlAsync($"SELECT set_config('lock_timeout', {patience}, true)", cancellation);
                // The clock's row first, as a move of the clock does, which then reads the tables.
                await db.CountResetAsync(cancellation);
                await db.Database.ExecuteSqlRawAsync(truncate, cancellation);
                await meanwhile(db);
                await transaction.CommitAsync(CancellationToken.None);
                return;
            }
            catch (Exception busy) when (IsBusy(busy))
            {
                if (attempt == Tries - 1) throw new TwilioException(new(MessagingError.Unavailable, "The tables are busy: try again"));
                await Task.Delay(Random.Shared.Next(10, 50), cancellation);
            }
        }
    }

    private static bool IsBusy(Exception failure) => failure.GetBaseException() is PostgresException
    {
        SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
    };
}
