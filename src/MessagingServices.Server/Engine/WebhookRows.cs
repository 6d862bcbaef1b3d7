using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>New webhooks: the outbox. They are committed with the change that they report.</summary>
internal sealed class WebhookRows : IBatchPart
{
    private static readonly Statement<(Webhook Webhook, Guid? Owner)> Enqueue = Statement.InsertInOrder(
        "webhook_queue", new ColumnSet<(Webhook Webhook, Guid? Owner)>
        {
            { "webhook_sid", row => row.Webhook.Sid },
            { "message_sid", row => row.Webhook.MessageSid },
            { "endpoint", row => Webhook.EndpointOf(row.Webhook.Url) },
            { "claimed_by", row => row.Owner },
            { "claimed_at", "CASE WHEN row.claimed_by IS NOT NULL THEN clock_timestamp() END" },
        });

    private static readonly ColumnSet<Webhook> Columns = new()
    {
        { "sid", webhook => webhook.Sid },
        { "account_sid", webhook => webhook.AccountSid },
        { "message_sid", webhook => webhook.MessageSid },
        { "kind", webhook => EnumNames<WebhookKind>.Of(webhook.Kind) },
        { "method", webhook => webhook.Method },
        { "url", webhook => webhook.Url },
        { "parameters", webhook => StoredJson.Write(webhook.Parameters) },
        { "idempotency_token", webhook => webhook.IdempotencyToken },
        { "date_created", webhook => webhook.DateCreated },
        { "attempts", "'[]'" },
        { "outcome", "'pending'" },
    };

    private static readonly Statement<Webhook> Insert = Statement.InsertInOrder("webhooks", Columns);

    // Only webhooks of inbound messages have a fallback: the many others use the statement without one.
    private static readonly Statement<Webhook> InsertWithFallback =
        Statement.InsertInOrder("webhooks", new ColumnSet<Webhook>(Columns)
    {
        { "fallback_url", webhook => webhook.FallbackUrl },
        { "fallback_method", webhook => webhook.FallbackMethod },
    });

    private readonly List<Webhook> added = [];
    private readonly List<NewCallback> callbacks = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Webhooks;

    /// <inheritdoc/>
    public WorkQueues Feeds => added.Count > (Claim?.Webhooks.Count ?? 0) ? WorkQueues.Webhooks : WorkQueues.None;

    /// <summary>The status callbacks among the new webhooks, in order.</summary>
    public IReadOnlyList<NewCallback> Callbacks => callbacks;

    /// <summary>The webhooks that are stored as claimed; null when there are none.</summary>
    public IWebhookClaim? Claim { get; set; }

    /// <summary>
    /// Adds a webhook; the webhooks of one message are delivered in the order in which they were added.
    /// </summary>
    public void Add(Webhook webhook) => added.Add(webhook);

    /// <summary>Adds the webhook of a status callback.</summary>
    public void Add(NewCallback callback)
    {
        added.Add(callback.Webhook);
        callbacks.Add(callback);
    }

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (added.Count == 0) return;
        commands.Add(Enqueue.For([.. added.Select(webhook => (webhook, OwnerOf(webhook)))]));
        commands.Add((added.Exists(webhook => webhook.FallbackUrl is not null) ? InsertWithFallback : Insert)
            .For(added));
    }

    private Guid? OwnerOf(Webhook webhook) =>
        Claim is { } claim && claim.Webhooks.Contains(webhook.Sid) ? claim.Node.Id : null;
}
