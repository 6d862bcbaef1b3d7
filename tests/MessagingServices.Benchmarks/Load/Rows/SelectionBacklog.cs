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
    /// Puts copies of an accepted message into the tables, to new recipients, and waits until each has its sender.
    /// </summary>
    /// <param name="messages">How many.</param>
    /// <param name="services">Their Messaging Services; none: that of the message which they are copies of.</param>
    public async Task<Round> DrainAsync(int messages, params string[] services)
    {
        var first = Recipients.Reserve(2 * messages);
        await database.ExecuteAsync("TRUNCATE message_queue", run.Cancellation);
        var columns = await TableColumns.ReadAsync(database, "messages", run.Cancellation);
        (string, string)[] ofServices = services.Length == 0 ? [] : [("messaging_service_sid",
            $"(ARRAY['{string.Join("','", services)}'])[1 + i % {services.Length}]")];
        var copies = columns.CopySql("(SELECT * FROM messages WHERE status = 'accepted' LIMIT 1) AS original", first,
            first + messages - 1,
            [("sid", "'SM' || md5('backlog' || i)"),
                ("to", $"'+1415' || (2000000 + i % {Recipients.PerAreaCode})"), .. ofServices]);
        // One statement: none of them can be selected before all are there.
        var added = await database.ExecuteAsync(
            $"WITH added AS ({copies} RETURNING sid, account_sid, date_created) INSERT INTO message_queue "
                + "(message_sid, account_sid, stage, due_at, wake) "
                + "SELECT sid, account_sid, 'select_sender', date_created, '-infinity' FROM added",
            run.Cancellation);
        if (added != messages) throw new LoadFailure($"{added} messages wait for a sender instead of {messages}.");
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
