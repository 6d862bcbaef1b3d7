using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Engine;

/// <summary>Webhooks that became owed, and their places in the queue.</summary>
internal static class InsertWebhooks
{
    private static readonly string Sql = Statement("", "");

    // Only webhooks of inbound messages have a fallback: the many others are stored by a statement that carries none.
    private static readonly string WithFallbackSql = Statement(", $10, $11", ", fallback_url, fallback_method");

    private const string QueueSql =
        """
        INSERT INTO webhook_queue (webhook_sid, message_sid, endpoint)
        SELECT sid, message_sid, endpoint FROM unnest($1, $2, $3) WITH ORDINALITY AS row (sid, message_sid, endpoint, position)
        ORDER BY position
        """;

    private static readonly Func<IReadOnlyList<Webhook>, NpgsqlParameter>[] Columns =
    [
        Sids<Webhook>(w => w.Sid),
        Sids<Webhook>(w => w.AccountSid),
        Sids<Webhook>(w => w.MessageSid),
        Text<Webhook>(w => EnumNames<WebhookKind>.Of(w.Kind)),
        Text<Webhook>(w => w.Method),
        Text<Webhook>(w => w.Url),
        Text<Webhook>(w => StoredJson.Write(w.Parameters)),
        Guids<Webhook>(w => w.IdempotencyToken),
        Times<Webhook>(w => w.DateCreated),
    ];

    private static readonly Func<IReadOnlyList<Webhook>, NpgsqlParameter>[] ColumnsWithFallback =
        [.. Columns, Text<Webhook>(w => w.FallbackUrl), Text<Webhook>(w => w.FallbackMethod)];

    public static NpgsqlBatchCommand Command(IReadOnlyList<Webhook> webhooks) => webhooks.Any(w => w.FallbackUrl is not null)
        ? Over(WithFallbackSql, webhooks, ColumnsWithFallback)
        : Over(Sql, webhooks, Columns);

    public static NpgsqlBatchCommand QueueCommand(IReadOnlyList<Webhook> webhooks) => Over(QueueSql, webhooks,
        Sids<Webhook>(w => w.Sid),
        Sids<Webhook>(w => w.MessageSid),
        Text<Webhook>(w => Webhook.EndpointOf(w.Url)));

    private static string Statement(string values, string names) =>
        $"""
        INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created, attempts, outcome{names})
        SELECT sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created, '[]', 'pending'{names}
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9{values}) WITH ORDINALITY
            AS row (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created{names}, position)
        ORDER BY position
        """;
}
