using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>New webhooks: the outbox. They are committed with the change that they report.</summary>
internal sealed class WebhookRows : IBatchPart
{
    private static readonly Statement<(Webhook Webhook, Guid? ClaimedBy)> Enqueue = Statement.InsertInOrder(
        "webhook_queue", new ColumnSet<(Webhook Webhook, Guid? ClaimedBy)>
        {
            { "webhook_sid", row => row.Webhook.Sid },
            { "account_sid", row => row.Webhook.AccountSid },
            { "message_sid", row => row.Webhook.MessageSid },
            { "endpoint", row => Webhook.EndpointOf(row.Webhook.Url) },
            { "claimed_by", row => row.ClaimedBy },
            { "claimed_at", "CASE WHEN row.claimed_by IS NOT NULL THEN clock_timestamp() END" },
        });

    private static readonly ColumnSet<Webhook> Columns = new(ColumnsOf<Webhook>(webhook => webhook))
    {
        { "attempts", "'[]'" },
        { "outcome", "'pending'" },
    };

    private static readonly Statement<Webhook> Insert = Statement.InsertInOrder("webhooks", Columns);

    private static readonly Statement<Webhook> InsertMissing =
        Statement.InsertInOrder("webhooks", Columns, "ON CONFLICT (sid) DO NOTHING");

    // Only webhooks of inbound messages have a fallback: the many others use the statement without one.
    private static readonly Statement<Webhook> InsertWithFallback =
        Statement.InsertInOrder("webhooks", new ColumnSet<Webhook>(Columns)
    {
        { "fallback_url", webhook => webhook.FallbackUrl },
        { "fallback_method", webhook => webhook.FallbackMethod },
    });

    private readonly List<Webhook> stored = [];
    private readonly List<(Webhook Webhook, Guid? ClaimedBy)> queued = [];
    private readonly List<NewCallback> callbacks = [];

    /// <summary>The columns of a webhook's request.</summary>
    /// <param name="webhookOf">The webhook of a row.</param>
    public static ColumnSet<T> ColumnsOf<T>(Func<T, Webhook> webhookOf) => new()
    {
        { "sid", row => webhookOf(row).Sid },
        { "account_sid", row => webhookOf(row).AccountSid },
        { "message_sid", row => webhookOf(row).MessageSid },
        { "kind", row => EnumNames<WebhookKind>.Of(webhookOf(row).Kind) },
        { "method", row => webhookOf(row).Method },
        { "url", row => webhookOf(row).Url },
        { "parameters", row => StoredJson.Write(webhookOf(row).Parameters) },
        { "idempotency_token", row => webhookOf(row).IdempotencyToken },
        { "date_created", row => webhookOf(row).DateCreated },
    };

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Webhooks;

    /// <inheritdoc/>
    public WorkQueues Feeds => queued.Count > 0 || callbacks.Count > (Claim?.Webhooks.Count ?? 0)
        ? WorkQueues.Webhooks
        : WorkQueues.None;

    /// <summary>The webhooks of new status callbacks, in order.</summary>
    public IReadOnlyList<NewCallback> Callbacks => callbacks;

    /// <summary>The new webhooks that the statements store.</summary>
    public IReadOnlyList<Webhook> Stored => stored;

    /// <summary>
    /// The status callbacks that this server delivers from memory, and stores when they have ended; null for none.
    /// </summary>
    public IWebhookClaim? Claim { get; set; }

    /// <summary>
    /// Adds a webhook; the webhooks of one message are delivered in the order in which they were added.
    /// </summary>
    public void Add(Webhook webhook)
    {
        stored.Add(webhook);
        queued.Add((webhook, null));
    }

    /// <summary>Adds the webhook of a status callback.</summary>
    public void Add(NewCallback callback) => callbacks.Add(callback);

    /// <summary>Adds a pending webhook of a message that leaves the memory of its server.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="isStored">Whether it is stored already, and only the queue does not have it.</param>
    /// <param name="claimedBy">The server that has its request in flight; null for none.</param>
    public void Add(Webhook webhook, bool isStored, Guid? claimedBy)
    {
        if (!isStored) stored.Add(webhook);
        queued.Add((webhook, claimedBy));
    }

    /// <summary>Stores pending webhooks, except those that have been stored meanwhile. Nothing enqueues them.</summary>
    public static async Task InsertMissingAsync(
        MessagingDb db, IReadOnlyList<Webhook> pending, CancellationToken cancellation)
    {
        if (pending.Count == 0) return;
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        batch.BatchCommands.Add(InsertMissing.For(pending));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        foreach (var (webhook, _) in callbacks)
            if (Claim?.Webhooks.Contains(webhook.Sid) is not true) Add(webhook);
        if (queued.Count > 0) commands.Add(Enqueue.For(queued));
        if (stored.Count > 0) commands.Add(
            (stored.Exists(webhook => webhook.FallbackUrl is not null) ? InsertWithFallback : Insert).For(stored));
    }
}
