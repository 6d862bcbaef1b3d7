using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>The results of sender selection: its records, the last use of senders, and sticky senders.</summary>
internal sealed class SelectionRows : IBatchPart
{
    private static readonly ColumnSet<StoredSelection> Key = new()
    {
        { "account_sid", stored => stored.Selection.AccountSid },
        { "id", stored => stored.Id },
    };

    // A day's first use: records that are in use stay, although the messages that had them first are removed.
    private static readonly Statement<StoredSelection> UseSelections = new(Key, c =>
        $"""
        UPDATE sender_selections SET used_on = current_date FROM {c.Rows}
        WHERE sender_selections.account_sid = row.account_sid AND sender_selections.id = row.id
            AND used_on < current_date
        """);

    private static readonly Statement<StoredSelection> InsertSelections = Statement.Insert(
        "sender_selections",
        new ColumnSet<StoredSelection>(Key)
        {
            { "chosen", stored => stored.Selection.Chosen },
            { "reason", stored => stored.Selection.Reason },
            { "steps", stored => stored.Steps },
            { "used_on", "current_date" },
        },
        "ON CONFLICT (account_sid, id) DO NOTHING");

    private static readonly Statement<PoolSender> UpdateUses = new(
        new() { { "sid", sender => sender.Sid }, { "last_used", sender => sender.LastUsed } },
        c => $"UPDATE pool_senders SET {c.Assignments("sid")} FROM {c.Rows} WHERE pool_senders.sid = row.sid");

    // The join leaves out a sender that has left the pool. UpdateUses in the same batch has locked the sender's row, so
    // the sender cannot leave in between.
    private static readonly Statement<StickySender> UpsertStickySenders = new(
        new()
        {
            { "messaging_service_sid", sticky => sticky.MessagingServiceSid },
            { "channel", sticky => EnumNames<Channel>.Of(sticky.Channel) },
            { "to", sticky => sticky.To },
            { "country", sticky => sticky.Country },
            { "sender_sid", sticky => sticky.SenderSid },
            { "is_used", "true" },
            { "date_created", sticky => sticky.DateCreated },
        },
        c => $"""
            INSERT INTO sticky_senders ({c.Names})
            SELECT {c.Values} FROM {c.Rows} JOIN pool_senders ON pool_senders.sid = row.sender_sid
            ON CONFLICT (messaging_service_sid, channel, "to")
            DO UPDATE SET sender_sid = excluded.sender_sid, is_used = true
            """);

    private static readonly Statement<StickySender> DeleteStickySenders = new(
        new()
        {
            { "messaging_service_sid", sticky => sticky.MessagingServiceSid },
            { "channel", sticky => EnumNames<Channel>.Of(sticky.Channel) },
            { "to", sticky => sticky.To },
        },
        c => $"""
            DELETE FROM sticky_senders USING {c.Rows}
            WHERE sticky_senders.messaging_service_sid = row.messaging_service_sid
                AND sticky_senders.channel = row.channel AND sticky_senders."to" = row."to"
            """);

    private readonly Dictionary<Guid, StoredSelection> selections = [];
    private readonly List<PoolSender> used = [];
    private readonly Dictionary<(Sid, Channel, string), StickySender> set = [];
    private readonly Dictionary<(Sid, Channel, string), StickySender> removed = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Selections;

    /// <summary>The pool members whose last use is stored.</summary>
    public IReadOnlyCollection<PoolSender> Used => used;

    /// <summary>Stores how the sender of a message was selected.</summary>
    public void Add(Message message, SenderSelection selection)
    {
        var steps = StoredJson.Write(selection.Steps);
        var text = string.Join('\n', selection.AccountSid, selection.Chosen, selection.Reason, steps);
        Guid id = new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
        message.SetSelection(id);
        selections.TryAdd(id, new(id, selection, steps));
    }

    /// <summary>Stores the last use of a pool member.</summary>
    public void Use(PoolSender sender)
    {
        if (!used.Contains(sender)) used.Add(sender);
    }

    /// <summary>Stores a recipient's sticky sender. The last change for a recipient wins.</summary>
    public void SetSticky(StickySender sticky) => Change(sticky, set, removed);

    /// <summary>Removes a recipient's sticky sender. The last change for a recipient wins.</summary>
    public void RemoveSticky(StickySender sticky) => Change(sticky, removed, set);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (selections.Count > 0)
        {
            // All servers use the same order, which prevents deadlocks.
            List<StoredSelection> stored = [.. selections.Values.OrderBy(selection => selection.Id)];
            commands.Add(UseSelections.For(stored));
            commands.Add(InsertSelections.For(stored));
        }

        if (used.Count > 0) commands.Add(UpdateUses.For(used));
        if (set.Count > 0) commands.Add(UpsertStickySenders.For([.. set.Values]));
        if (removed.Count > 0) commands.Add(DeleteStickySenders.For([.. removed.Values]));
    }

    private sealed record StoredSelection(Guid Id, SenderSelection Selection, string Steps);

    private static void Change(
        StickySender sticky, Dictionary<(Sid, Channel, string), StickySender> target,
        Dictionary<(Sid, Channel, string), StickySender> other)
    {
        var key = (sticky.MessagingServiceSid, sticky.Channel, sticky.To);
        target[key] = sticky;
        other.Remove(key);
    }
}
