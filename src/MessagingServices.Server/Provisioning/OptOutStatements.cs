using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Who has opted out. Whoever writes several rows takes them in the order of their key, so that nobody waits in a circle; who changes what concerns a
/// Messaging Service has locked it.
/// </summary>
internal static class OptOutStatements
{
    private const string AddSql =
        """
        INSERT INTO opt_outs (recipient, account_sid, channel, scope, source, date_created) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (recipient, account_sid, channel, scope) DO NOTHING
        """;

    private const string RemoveSql = "DELETE FROM opt_outs WHERE recipient = $1 AND account_sid = $2 AND channel = $3 AND scope = $4";

    /// <summary>
    /// Before opt-outs of an account are changed: waits for messages that are being handed over at this moment, and lets those that come later see
    /// the change. So nothing leaves after the change was answered.
    /// </summary>
    public static Task<int> LockOptOutsAsync(this MessagingDb db, Sid account, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('opt-outs ' || {account.Value}, 0))", cancellation);

    /// <summary>Before it is looked who has opted out of what is handed over; several may look at once.</summary>
    public static Task<int> ShareOptOutsAsync(this MessagingDb db, IEnumerable<Sid> accounts, CancellationToken cancellation)
    {
        var sids = accounts.Select(sid => sid.Value).Distinct().Order(StringComparer.Ordinal).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock_shared(hashtextextended('opt-outs ' || account_sid, 0)) FROM unnest({sids}) AS account_sid", cancellation);
    }

    /// <summary>Opts a recipient out; what it has opted out of before stays as it is.</summary>
    public static Task<int> AddOptOutAsync(this MessagingDb db, OptOut optOut, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
         INSERT INTO opt_outs (recipient, account_sid, channel, scope, source, date_created)
         VALUES ({optOut.Recipient}, {optOut.AccountSid.Value}, {EnumNames<Channel>.Of(optOut.Channel)}, {optOut.Scope}, {optOut.Source}, {optOut.DateCreated})
         ON CONFLICT (recipient, account_sid, channel, scope) DO NOTHING
         """, cancellation);

    /// <summary>Opts in again, all recipients of the account that fit; null stands for all.</summary>
    /// <returns>How many opt-outs there were.</returns>
    public static Task<int> RemoveOptOutsAsync(
        this MessagingDb db, Sid account, string? recipient, Channel? channel, string? scope, CancellationToken cancellation)
    {
        var group = channel is { } one ? EnumNames<Channel>.Of(one) : null;
        return db.Database.ExecuteSqlAsync(
            $"""
             WITH going AS MATERIALIZED (
                 SELECT recipient, account_sid, channel, scope FROM opt_outs
                 WHERE account_sid = {account.Value} AND ({recipient}::text IS NULL OR recipient = {recipient})
                     AND ({group}::text IS NULL OR channel = {group}) AND ({scope}::text IS NULL OR scope = {scope})
                 ORDER BY recipient, account_sid, channel, scope FOR UPDATE
             )
             DELETE FROM opt_outs USING going WHERE opt_outs.recipient = going.recipient AND opt_outs.account_sid = going.account_sid
                 AND opt_outs.channel = going.channel AND opt_outs.scope = going.scope
             """, cancellation);
    }

    /// <summary>Opts recipients in and out within the open transaction, in one round trip; each consent is of another recipient or scope.</summary>
    public static async Task SaveConsentsAsync(
        this MessagingDb db, Sid account, IReadOnlyList<Consent> consents, DateTimeOffset now, CancellationToken cancellation)
    {
        if (consents.Count == 0) return;
        var transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        // One row a statement: what is taken out and what is put in must be in one order, too.
        foreach (var consent in consents.OrderBy(consent => consent.Contact.Number.E164, StringComparer.Ordinal)
            .ThenBy(consent => consent.Group).ThenBy(consent => consent.Scope, StringComparer.Ordinal))
        {
            var command = new NpgsqlBatchCommand(consent.OptsIn ? RemoveSql : AddSql);
            foreach (var value in (string[])[consent.Contact.Number.E164, account.Value, EnumNames<Channel>.Of(consent.Group), consent.Scope])
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            if (!consent.OptsIn)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OptOut.Consent });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// The messages, all with a sender, whose recipients have opted out of it: of the Messaging Service that they go through, or else that the
    /// sender is in, or of the sender alone. (Alphanumeric senders belong to nobody, whatever pool has them.)
    /// </summary>
    public static async Task<HashSet<Sid>> FindOptedOutAsync(this MessagingDb db, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        var asked = messages.Where(message => !message.Options.HasFlag(MessageOptions.Automatic))
            .Select(message => (Message: message, To: RecipientAddress.Parse(message.To).Address)).Where(row => row.To is not null).ToList();
        if (asked.Count == 0) return [];
        var sids = asked.Select(row => row.Message.Sid.Value).ToArray();
        var accounts = asked.Select(row => row.Message.AccountSid.Value).ToArray();
        var recipients = asked.Select(row => row.To!.Number.E164).ToArray();
        var groups = asked.Select(row => EnumNames<Channel>.Of(OptOut.GroupOf(row.To!.Channel))).ToArray();
        var senders = asked.Select(row => row.Message.From).ToArray();
        var through = asked.Select(row => row.Message.MessagingServiceSid?.Value).ToArray();
        var found = await db.Database.SqlQuery<string>(
            $"""
             SELECT message.sid AS "Value"
             FROM unnest({sids}, {accounts}, {recipients}, {groups}, {senders}, {through}) AS message (sid, account_sid, recipient, channel, sender, service)
             JOIN opt_outs ON opt_outs.recipient = message.recipient AND opt_outs.account_sid = message.account_sid
                 AND opt_outs.channel = message.channel
             WHERE scope = sender OR scope = service OR (service IS NULL AND EXISTS (SELECT FROM pool_senders
                 WHERE pool_senders.account_sid = message.account_sid AND address = sender AND messaging_service_sid = scope
                 AND type <> 'alphanumeric'))
             """).ToListAsync(cancellation);
        return [.. found.Select(sid => Sid.Parse(sid))];
    }
}
