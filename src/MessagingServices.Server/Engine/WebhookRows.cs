using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>New webhooks: the outbox. They are committed with the change that they report.</summary>
internal sealed class WebhookRows : IBatchPart
{
    private static readonly Statement<Webhook> Enqueue = Statement.InsertInOrder("webhook_queue", new ColumnSet<Webhook>
    {
        { "webhook_sid", webhook => webhook.Sid },
        { "message_sid", webhook => webhook.MessageSid },
        { "endpoint", webhook => Webhook.EndpointOf(webhook.Url) },
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

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Webhooks;

    /// <inheritdoc/>
    public WorkQueues Feeds => added.Count > 0 ? WorkQueues.Webhooks : WorkQueues.None;

    /// <summary>
    /// Adds a webhook; the webhooks of one message are delivered in the order in which they were added.
    /// </summary>
    public void Add(Webhook webhook) => added.Add(webhook);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (added.Count == 0) return;
        commands.Add(Enqueue.For(added));
        commands.Add((added.Exists(webhook => webhook.FallbackUrl is not null) ? InsertWithFallback : Insert)
            .For(added));
    }
}
