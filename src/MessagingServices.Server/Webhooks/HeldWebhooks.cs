using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The webhooks of suspended accounts: they wait beside the queue, where no claim finds them. Later webhooks of the
/// same message wait in the queue for them.
/// </summary>
internal sealed class HeldWebhooks(NpgsqlDataSource database, NodeId node)
{
    // The lock of the account's row: an activation waits and then finds the row, or this waits and then finds the
    // account active.
    private const string HoldSql =
        """
        WITH inactive AS MATERIALIZED (
            SELECT sid FROM accounts WHERE sid = $1 AND status = 'suspended' FOR SHARE
        ), taken AS (
            DELETE FROM webhook_queue USING inactive WHERE webhook_sid = $2 AND claimed_by = $3
            RETURNING webhook_sid, message_sid, ordinal, endpoint, queued_at, step
        )
        INSERT INTO held_webhooks (webhook_sid, account_sid, message_sid, ordinal, endpoint, queued_at, step)
        SELECT webhook_sid, $1, message_sid, ordinal, endpoint, queued_at,
            CASE step WHEN 'held' THEN 'decided' ELSE step END
        FROM taken
        """;

    /// <summary>Puts a webhook aside that this server has claimed.</summary>
    /// <returns>False if the account is active, or the claim is lost.</returns>
    public async Task<bool> HoldAsync(Webhook webhook, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(HoldSql);
        command.Parameters.Add(Scalar.Of(webhook.AccountSid));
        command.Parameters.Add(Scalar.Of(webhook.Sid));
        command.Parameters.Add(Scalar.Of(node.Id));
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>
    /// Puts the webhooks of an account back into the queue, each in its place. Call it in the transaction that has
    /// activated the account.
    /// </summary>
    public static Task<int> ReleaseAsync(MessagingDb db, Sid account, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"""
             WITH released AS (DELETE FROM held_webhooks WHERE account_sid = {account.Value} RETURNING *)
             INSERT INTO webhook_queue (webhook_sid, account_sid, message_sid, ordinal, endpoint, queued_at, step)
             OVERRIDING SYSTEM VALUE
             SELECT webhook_sid, account_sid, message_sid, ordinal, endpoint, queued_at, step
             FROM released ORDER BY ordinal
             """, cancellation);
}
