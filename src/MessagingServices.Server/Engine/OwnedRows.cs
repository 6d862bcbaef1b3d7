using MessagingServices.Server.Data.Queues;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>The messages that servers take into their memory, and those that leave it.</summary>
internal sealed class OwnedRows : IBatchPart
{
    private static readonly ColumnSet<MessageOwnership> Columns = new()
    {
        { "message_sid", ownership => ownership.MessageSid },
        { "owner", ownership => ownership.Owner },
    };

    private static readonly Statement<MessageOwnership> Insert = Statement.Insert("owned_messages", Columns);

    private static readonly Statement<MessageOwnership> InsertMissing =
        Statement.Insert("owned_messages", Columns, "ON CONFLICT (message_sid) DO NOTHING");

    private static readonly Statement<Sid> Delete =
        Statement.OverSids(c => $"DELETE FROM owned_messages WHERE message_sid = ANY ({c["sid"]})");

    private static readonly Statement<Sid> DeleteOfOwner = Statement.OverSids(c =>
        $"DELETE FROM owned_messages WHERE message_sid = ANY ({c["sid"]}) AND owner = {c.Scalar(1)}");

    private readonly List<MessageOwnership> added = [];
    private readonly List<Sid> removed = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.MessageQueue;

    public void Add(Sid message, NodeId owner) => added.Add(new() { MessageSid = message, Owner = owner.Id });

    public void Remove(Sid message) => removed.Add(message);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (added.Count > 0) commands.Add((maybeStored ? InsertMissing : Insert).For(added));
        if (removed.Count > 0) commands.Add(Delete.For(removed));
    }

    /// <summary>The statement that removes messages that are still the owner's.</summary>
    public static NpgsqlBatchCommand DeleteCommand(IReadOnlyList<Sid> messages, NodeId owner) =>
        DeleteOfOwner.For(messages, Scalar.Of(owner.Id));
}
