using MessagingServices.Server.Data.Queues;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>Changes of the message queue.</summary>
internal sealed class MessageQueueRows : IBatchPart
{
    private static readonly ColumnSet<QueuedMessage> New = new()
    {
        { "message_sid", entry => entry.MessageSid },
        { "account_sid", entry => entry.AccountSid },
        { "stage", entry => EnumNames<MessageStage>.Of(entry.Stage) },
        { "due_at", entry => entry.Due },
        { "wake", entry => entry.Wake },
    };

    private static readonly ColumnSet<QueuedMessage> All = new(New) { { "has_turn", entry => entry.HasSlot } };

    private static readonly Statement<QueuedMessage> InsertNew = Statement.Insert("message_queue", New);

    // A message that has moved on since the commit in doubt stays where it is.
    private static readonly Statement<QueuedMessage> InsertMissing =
        Statement.Insert("message_queue", New, "ON CONFLICT (message_sid) DO NOTHING");

    private static readonly Statement<QueuedMessage> Upsert = Statement.Insert("message_queue", All,
        "ON CONFLICT (message_sid) DO UPDATE SET stage = excluded.stage, due_at = excluded.due_at, "
            + "wake = excluded.wake, has_turn = excluded.has_turn");

    private static readonly Statement<Sid> Delete =
        Statement.OverSids(c => $"DELETE FROM message_queue WHERE message_sid = ANY ({c["sid"]})");

    private readonly List<QueuedMessage> added = [];
    private readonly List<QueuedMessage> placed = [];
    private readonly List<Sid> removed = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.MessageQueue;

    /// <inheritdoc/>
    public EmulatorClock Clock { get; set; } = null!;

    /// <inheritdoc/>
    public WorkQueues Feeds => added.Concat(placed)
        .Aggregate(WorkQueues.None, (queues, entry) => queues | QueueOf(entry.Stage));

    /// <summary>Adds a new message.</summary>
    public void Add(QueuedMessage entry) => added.Add(entry);

    /// <summary>Lets a message wait for a stage, whether or not it waits in this queue now.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="due">When it is due, on the clock of its account.</param>
    /// <param name="hasSlot">Whether <paramref name="due"/> is its send slot.</param>
    public void Place(Message message, MessageStage stage, DateTimeOffset due, bool hasSlot = false) => placed.Add(
        new()
        {
            MessageSid = message.Sid, AccountSid = message.AccountSid, Stage = stage, Due = due, HasSlot = hasSlot,
        });

    /// <summary>Removes a message.</summary>
    public void Remove(Sid message) => removed.Add(message);

    /// <summary>The queue of a stage.</summary>
    public static WorkQueues QueueOf(MessageStage stage) => stage switch
    {
        MessageStage.SelectSender => WorkQueues.SelectSender,
        MessageStage.HandToCarrier => WorkQueues.HandToCarrier,
    };

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        foreach (var entry in added.Concat(placed)) entry.Wake = Clock.WakeOf(entry.AccountSid, entry.Due);
        if (added.Count > 0) commands.Add((maybeStored ? InsertMissing : InsertNew).For(added));
        if (placed.Count > 0) commands.Add(Upsert.For(placed));
        if (removed.Count > 0) commands.Add(Delete.For(removed));
    }
}
