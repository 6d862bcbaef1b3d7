using MessagingServices.Server.Data.Queues;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>Changes of the queue of messages whose media must be fetched.</summary>
internal sealed class MediaQueueRows : IBatchPart
{
    // After a commit in doubt a message that waits already stays where it is.
    private static readonly Statement<QueuedMedia> Insert = Statement.Insert("media_queue", new ColumnSet<QueuedMedia>
    {
        { "message_sid", entry => entry.MessageSid },
        { "account_sid", entry => entry.AccountSid },
        { "endpoint", entry => entry.Endpoint },
        { "due_at", entry => entry.Due },
        {
            "link_tokens", entry => entry.LinkTokens is { } tokens ? string.Join(',', tokens) : null,
            "string_to_array(row.link_tokens, ',')"
        },
        { "turn", entry => entry.Slot },
        { "inbound", entry => entry.Inbound is { } inbound ? StoredJson.Write(inbound) : null },
    }, "ON CONFLICT (message_sid) DO NOTHING");

    private static readonly Statement<Sid> Delete =
        Statement.OverSids(c => $"DELETE FROM media_queue WHERE message_sid = ANY ({c["sid"]})");

    private readonly List<QueuedMedia> added = [];
    private readonly List<Sid> removed = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.MediaQueue;

    /// <inheritdoc/>
    public WorkQueues Feeds => added.Count > 0 ? WorkQueues.FetchMedia : WorkQueues.None;

    /// <summary>Lets a message wait for its media.</summary>
    public void Add(QueuedMedia entry) => added.Add(entry);

    /// <summary>Removes a message.</summary>
    public void Remove(Sid message) => removed.Add(message);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (added.Count > 0) commands.Add(Insert.For(added));
        if (removed.Count > 0) commands.Add(Delete.For(removed));
    }
}
