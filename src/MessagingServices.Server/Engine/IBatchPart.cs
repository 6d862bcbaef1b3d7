using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The rows of one feature in a <see cref="WriteBatch"/>. Each feature declares its own beside its stage or use case.
/// </summary>
internal interface IBatchPart
{
    /// <summary>The place of its statements among those of the other parts.</summary>
    BatchStep Step { get; }

    /// <summary>The clocks, for rows that become due. Set when the part is made.</summary>
    EmulatorClock Clock { set { } }

    /// <summary>The queues that its rows feed.</summary>
    WorkQueues Feeds => WorkQueues.None;

    /// <summary>Adds the statements that write its rows.</summary>
    /// <param name="commands">The commands to execute, in order.</param>
    /// <param name="maybeStored">
    /// Whether an earlier commit, whose response was lost, may have stored the new rows already: then they stay as they
    /// are.
    /// </param>
    void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored);
}

/// <summary>
/// The order of statements in a batch. Every transaction locks the rows of queues first, then the rows of their
/// messages. This prevents deadlocks.
/// </summary>
internal enum BatchStep
{
    MessageQueue,
    MediaQueue,
    Messages,
    Media,
    Webhooks,
    Sessions,
    Selections,
    Schedule,
    Carrier,
}
