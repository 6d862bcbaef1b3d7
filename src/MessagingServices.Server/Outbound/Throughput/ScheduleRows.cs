using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>The changed backlogs of senders.</summary>
internal sealed class ScheduleRows : IBatchPart
{
    private static readonly Statement<SenderBacklog> Update = new(
        new()
        {
            { "account_sid", backlog => backlog.AccountSid },
            { "name", backlog => backlog.Name },
            { "free_at", backlog => backlog.FreeAt },
        },
        c => $"""
            UPDATE sender_backlogs SET {c.Assignments("account_sid", "name")} FROM {c.Rows}
            WHERE sender_backlogs.account_sid = row.account_sid AND sender_backlogs.name = row.name
            """);

    private readonly HashSet<SenderBacklog> changed = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Schedule;

    /// <summary>Saves a backlog. Repeated calls for the same backlog write it once.</summary>
    public void Save(SenderBacklog backlog) => changed.Add(backlog);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        if (changed.Count > 0) commands.Add(Update.For([.. changed]));
    }
}
