using MessagingServices.Benchmarks.Load.Processes;
using System.Diagnostics;
using MessagingServices.Benchmarks.Load.Figures;
using MessagingServices.Benchmarks.Load.Requests;

namespace MessagingServices.Benchmarks.Load.Rows;

/// <summary>How fast a server selects senders for messages that wait for one.</summary>
/// <param name="run">The run.</param>
/// <param name="database">The database of a server that runs the stage SelectSenders and no other.</param>
internal sealed class SelectionBacklog(LoadRun run, Database database)
{
    /// <summary>
    /// Puts accepted messages into the tables, to new recipients, and waits until each has its sender.
    /// </summary>
    public async Task<Round> DrainAsync(int messages)
    {
        var first = Recipients.Reserve(2 * messages);
        await database.ExecuteAsync("TRUNCATE message_queue", run.Cancellation);
        var columns = await TableColumns.ReadAsync(database, "messages", run.Cancellation);
        var copies = columns.CopySql("(SELECT * FROM messages WHERE status = 'accepted' LIMIT 1) AS original", first,
            first + messages - 1,
            ("sid", $"'SM' || md5('backlog' || i)"), ("to", $"'+1415' || (2000000 + i % {Recipients.PerAreaCode})"));
        // One statement: none of them can be selected before all are there.
        await database.ExecuteAsync(
            $"WITH added AS ({copies} RETURNING sid, date_created) INSERT INTO message_queue (message_sid, stage, "
                + $"due) SELECT sid, 'select_sender', date_created FROM added",
            run.Cancellation);
        return await FollowAsync(messages);
    }

    /// <summary>From the first selections, since the stage may have been at rest, to the last.</summary>
    private async Task<Round> FollowAsync(int messages)
    {
        var (began, left, moved) = (0L, (long)messages, Stopwatch.GetTimestamp());
        var atBeginning = left;
        while (true)
        {
            var now = await database.ReadAsync<long>(
                "SELECT count(*) FROM message_queue WHERE stage = 'select_sender'", run.Cancellation);
            if (now < left)
            {
                (left, moved) = (now, Stopwatch.GetTimestamp());
                if (began == 0) (began, atBeginning) = (moved, now);
            }

            if (left == 0) return new(atBeginning / Stopwatch.GetElapsedTime(began, moved).TotalSeconds);
            if (Stopwatch.GetElapsedTime(moved) > TimeSpan.FromMinutes(1)) throw new LoadFailure(
                $"{left} messages stay without a sender.");
            await Task.Delay(10, run.Cancellation);
        }
    }
}
