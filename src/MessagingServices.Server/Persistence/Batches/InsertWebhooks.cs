using MessagingServices.Domain;
using MessagingServices.Domain.Webhooks;
using Npgsql;
using static MessagingServices.Server.Persistence.Batches.Columns;

namespace MessagingServices.Server.Persistence.Batches;

/// <summary>Webhooks that became owed, and their places in the queue.</summary>
internal static class InsertWebhooks
{
    private const string Sql =
        """
        INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created, attempts, outcome)
        SELECT sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created, '[]', 'pending'
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY
            AS row (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created, position)
        ORDER BY position
        """;

    private const string QueueSql =
        """
        INSERT INTO webhook_queue (webhook_sid, message_sid, endpoint)
        SELECT sid, message_sid, endpoint FROM unnest($1, $2, $3) WITH ORDINALITY AS row (sid, message_sid, endpoint, position)
        ORDER BY position
        """;

    public static NpgsqlBatchCommand Command(IReadOnlyList<Webhook> webhooks) => Over(Sql, webhooks,
        Sids<Webhook>(w => w.Sid),
        Sids<Webhook>(w => w.AccountSid),
        Sids<Webhook>(w => w.MessageSid),
        Text<Webhook>(w => EnumNames<WebhookKind>.Of(w.Kind)),
        Text<Webhook>(w => w.Method),
        Text<Webhook>(w => w.Url),
        Text<Webhook>(w => StoredJson.Write(w.Parameters)),
        Guids<Webhook>(w => w.IdempotencyToken),
        Times<Webhook>(w => w.DateCreated));

    public static NpgsqlBatchCommand QueueCommand(IReadOnlyList<Webhook> webhooks) => Over(QueueSql, webhooks,
        Sids<Webhook>(w => w.Sid),
        Sids<Webhook>(w => w.MessageSid),
        Text<Webhook>(w => Webhook.EndpointOf(w.Url)));
}
