using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Reads and writes opt-outs. Code that writes several rows takes them in the order of their key: this prevents
/// deadlocks. Code that changes the opt-outs of a Messaging Service has locked the Messaging Service.
/// </summary>
internal static class OptOutStatements
{
    private const string AddSql =
        """
        INSERT INTO opt_outs (recipient, account_sid, channel, scope, source, date_created)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (recipient, account_sid, channel, scope) DO NOTHING
        """;

    private const string RemoveSql =
        "DELETE FROM opt_outs WHERE recipient = $1 AND account_sid = $2 AND channel = $3 AND scope = $4";

    /// <summary>
    /// Call this before you change the opt-outs of an account. It waits for messages that a server is just handing to
    /// the carrier; later ones see the change. So no message leaves after the response to the change.
    /// </summary>
    public static Task<int> LockOptOutsAsync(this MessagingDb db, Sid account, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended('opt-outs ' || {account.Value}, 0))", cancellation);

    /// <summary>
    /// Call this before you read the opt-outs for messages that go to the carrier. Several readers can hold it.
    /// </summary>
    public static Task<int> ShareOptOutsAsync(
        this MessagingDb db, IEnumerable<Sid> accounts, CancellationToken cancellation)
    {
        var sids = accounts.Select(sid => sid.Value).Distinct().Order(StringComparer.Ordinal).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
             SELECT pg_advisory_xact_lock_shared(hashtextextended('opt-outs ' || account_sid, 0))
             FROM unnest({sids}) AS account_sid
             """, cancellation);
    }

    /// <summary>
    /// Opts a recipient out, within the open transaction; an opt-out that exists stays as it is.
    /// </summary>
    public static Task<int> AddOptOutAsync(this MessagingDb db, OptOut optOut, CancellationToken cancellation)
    {
        var channel = EnumNames<Channel>.Of(optOut.Channel);
        db.NoteOptOut(optOut.AccountSid, optOut.Recipient, optOut.Channel, optOut.Scope, isOptedOut: true);
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO opt_outs (recipient, account_sid, channel, scope, source, date_created)
             VALUES ({optOut.Recipient}, {optOut.AccountSid.Value}, {channel}, {optOut.Scope}, {optOut.Source},
                 {optOut.DateCreated})
             ON CONFLICT (recipient, account_sid, channel, scope) DO NOTHING
             """, cancellation);
    }

    /// <summary>
    /// Removes those opt-outs of the account that match, within the open transaction; null matches any.
    /// </summary>
    /// <returns>The number of removed opt-outs.</returns>
    public static async Task<int> RemoveOptOutsAsync(
        this MessagingDb db, Sid account, string? recipient, Channel? channel, string? scope,
        CancellationToken cancellation)
    {
        var group = channel is { } given ? EnumNames<Channel>.Of(given) : null;
        var keys = await db.Database.SqlQuery<string>(
            $"""
             WITH removed AS MATERIALIZED (
                 SELECT recipient, account_sid, channel, scope FROM opt_outs
                 WHERE account_sid = {account.Value} AND ({recipient}::text IS NULL OR recipient = {recipient})
                     AND ({group}::text IS NULL OR channel = {group}) AND ({scope}::text IS NULL OR scope = {scope})
                 ORDER BY recipient, account_sid, channel, scope FOR UPDATE
             ), deleted AS (
                 DELETE FROM opt_outs USING removed
                 WHERE opt_outs.recipient = removed.recipient AND opt_outs.account_sid = removed.account_sid
                     AND opt_outs.channel = removed.channel AND opt_outs.scope = removed.scope
                 RETURNING opt_outs.recipient, opt_outs.channel, opt_outs.scope
             )
             SELECT concat_ws(' ', recipient, channel, scope) AS "Value" FROM deleted
             """).ToListAsync(cancellation);
        foreach (var key in keys)
        {
            var parts = key.Split(' ', 3);
            db.NoteOptOut(account, parts[0], EnumNames<Channel>.Parse(parts[1]), parts[2], isOptedOut: false);
        }

        return keys.Count;
    }

    /// <summary>
    /// Writes consents within the open transaction, in one round trip. No two consents have the same recipient and
    /// scope.
    /// </summary>
    public static async Task SaveConsentsAsync(
        this MessagingDb db, Sid account, IReadOnlyList<Consent> consents, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (consents.Count == 0) return;
        var transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        // One row a statement: deleted and inserted rows must be in one common order, too.
        foreach (var consent in consents.OrderBy(consent => consent.Contact.Handset, StringComparer.Ordinal)
            .ThenBy(consent => consent.Group).ThenBy(consent => consent.Scope, StringComparer.Ordinal))
        {
            var command = new NpgsqlBatchCommand(consent.OptsIn ? RemoveSql : AddSql);
            string[] key =
                [consent.Contact.Handset, account.Value, EnumNames<Channel>.Of(consent.Group), consent.Scope];
            foreach (var value in key)
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            if (!consent.OptsIn)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OptOut.Consent });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        foreach (var consent in consents)
            db.NoteOptOut(account, consent.Contact.Handset, consent.Group, consent.Scope, !consent.OptsIn);
    }

    private static void NoteOptOut(
        this MessagingDb db, Sid account, string recipient, Channel channel, string scope, bool isOptedOut) =>
        db.NoteChange(new(EventTypes.OptOutUpdated, account, $"{recipient} {channel} {scope}")
        {
            Subject = new OptOutState(account, recipient, channel, scope, isOptedOut),
            MessagingServiceSid = Sid.TryParseAs(SidPrefix.MessagingService, scope, out var service) ? service : null,
        });

    /// <summary>
    /// The messages whose recipients have opted out. An opt-out counts when it is of the sender, or of the message's
    /// Messaging Service. For a message without one, it counts when it is of the Messaging Service whose pool has the
    /// sender; this does not hold for alphanumeric senders, which many pools can have.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="messages">Messages that all have a sender.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<HashSet<Sid>> FindOptedOutAsync(
        this MessagingDb db, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        var rows = messages.Where(message => !message.Options.HasFlag(MessageOptions.Automatic))
            .Select(message => (Message: message, To: RecipientAddress.Parse(message.To).Address))
            .Where(row => row.To is not null).ToList();
        if (rows.Count == 0) return [];
        var sids = rows.Select(row => row.Message.Sid.Value).ToArray();
        var accounts = rows.Select(row => row.Message.AccountSid.Value).ToArray();
        var recipients = rows.Select(row => row.To!.Handset).ToArray();
        var groups = rows.Select(row => EnumNames<Channel>.Of(OptOut.GroupOf(row.To!.Channel))).ToArray();
        var senders = rows.Select(row => row.Message.From).ToArray();
        var through = rows.Select(row => row.Message.MessagingServiceSid?.Value).ToArray();
        var found = await db.Database.SqlQuery<string>(
            $"""
             SELECT message.sid AS "Value"
             FROM unnest({sids}, {accounts}, {recipients}, {groups}, {senders}, {through})
                 AS message (sid, account_sid, recipient, channel, sender, service)
             JOIN opt_outs ON opt_outs.recipient = message.recipient AND opt_outs.account_sid = message.account_sid
                 AND opt_outs.channel = message.channel
             WHERE scope = sender OR scope = service OR (service IS NULL AND EXISTS (SELECT FROM pool_senders
                 WHERE pool_senders.account_sid = message.account_sid AND address = sender
                 AND messaging_service_sid = scope AND type <> 'alphanumeric'))
             """).ToListAsync(cancellation);
        return [.. found.Select(sid => Sid.Parse(sid))];
    }
}
