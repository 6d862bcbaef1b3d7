using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Counts what happened to the messages of one account.</summary>
internal sealed class MessageStatistics(MessagingDb db)
{
    /// <summary>The maximum number of messages that are counted, the newest ones.</summary>
    public const int MaxMessages = 100_000;

    /// <summary>The maximum number of rows of each queue that are counted, of all accounts.</summary>
    private const int MaxQueued = 10_000;

    private const int MaxSenders = 100;

    /// <summary>Latencies are those of so many newest messages and webhooks.</summary>
    private const int MaxLatencies = 5_000;

    /// <summary>Counts by status and error.</summary>
    /// <param name="account">The account.</param>
    /// <param name="starts">The start of each step, in order; the first is that of the whole time.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public Task<List<StatusCount>> CountAsync(
        Sid account, IReadOnlyList<DateTimeOffset> starts, CancellationToken cancellation)
    {
        DateTime[] steps = [.. starts.Select(start => start.UtcDateTime)];
        return db.Database.SqlQuery<StatusCount>(
            $"""
             SELECT width_bucket(date_created, {steps}) AS step, status, error_code, count(*) AS count
             FROM (SELECT date_created, status, error_code FROM messages WHERE account_sid = {account.Value}
                 ORDER BY ordinal DESC LIMIT {MaxMessages}) AS newest
             WHERE date_created >= {steps[0]} GROUP BY 1, 2, 3
             """).ToListAsync(cancellation);
    }

    /// <summary>Whether there are no older messages of this time than those that are counted.</summary>
    public async Task<bool> IsCompleteAsync(Sid account, DateTimeOffset since, CancellationToken cancellation) =>
        !await db.Messages.Where(message => message.AccountSid == account)
            .OrderByDescending(message => message.Ordinal).Skip(MaxMessages).Take(1)
            .AnyAsync(message => message.DateCreated >= since, cancellation);

    /// <summary>The messages and webhooks that wait, by queue and sender; the sender is null without one.</summary>
    /// <remarks>Messages in the memory of a server count by their status.</remarks>
    public Task<List<QueueCount>> CountWaitingAsync(Sid account, CancellationToken cancellation) =>
        db.Database.SqlQuery<QueueCount>(
            $"""
             SELECT coalesce(queue, CASE
                     WHEN status IN ('accepted', 'scheduled') THEN 'select_sender'
                     WHEN status = 'queued' THEN 'hand_to_carrier'
                     WHEN status IN ('sending', 'sent') THEN 'carrier_reports'
                     ELSE 'webhooks' END) AS queue, "from" AS sender, count(*) AS count
             FROM (
                 (SELECT stage AS queue, message_sid FROM message_queue
                     WHERE account_sid = {account.Value} LIMIT {MaxQueued})
                 UNION ALL (SELECT 'fetch_media', message_sid FROM media_queue
                     WHERE account_sid = {account.Value} LIMIT {MaxQueued})
                 UNION ALL (SELECT 'carrier_reports', message_sid FROM carrier_deliveries
                     WHERE account_sid = {account.Value} LIMIT {MaxQueued})
                 UNION ALL (SELECT NULL, message_sid FROM owned_messages LIMIT {MaxQueued})) AS queued
             CROSS JOIN LATERAL (SELECT account_sid, status, "from" FROM messages WHERE sid = message_sid OFFSET 0)
                 AS message
             WHERE account_sid = {account.Value} GROUP BY 1, 2
             UNION ALL
             SELECT 'webhooks', NULL, count(*) FROM (
                 SELECT FROM webhook_queue WHERE account_sid = {account.Value} LIMIT {MaxQueued}) AS queued
             """).ToListAsync(cancellation);

    /// <summary>The times of the newest messages since their creation, or their <c>SendAt</c>.</summary>
    public async Task<(Percentiles Sent, Percentiles Delivered)> ReadLatenciesAsync(
        Sid account, DateTimeOffset since, CancellationToken cancellation)
    {
        var messages = await db.Messages.Where(message => message.AccountSid == account)
            .OrderByDescending(message => message.Ordinal).Take(MaxLatencies)
            .Where(message => message.DateCreated >= since && message.DateSent != null
                && message.Direction != MessageDirection.Inbound)
            .Select(message => new
            {
                Start = message.SendAt ?? message.DateCreated, message.DateSent, message.StatusChanges,
            })
            .ToListAsync(cancellation);
        return (
            Percentiles.Of(messages.Select(message => message.DateSent!.Value - message.Start)),
            Percentiles.Of(messages.SelectMany(message => message.StatusChanges
                .Where(change => change.Status == MessageStatus.Delivered).Take(1)
                .Select(change => change.Date - message.Start))));
    }

    /// <summary>The durations of the newest acknowledged status callbacks' requests, in milliseconds.</summary>
    public async Task<Percentiles> ReadCallbackLatenciesAsync(
        Sid account, DateTimeOffset since, CancellationToken cancellation)
    {
        var attempts = await db.Webhooks.Where(webhook => webhook.AccountSid == account)
            .OrderByDescending(webhook => webhook.Ordinal).Take(MaxLatencies)
            .Where(webhook => webhook.DateCreated >= since && webhook.Kind == WebhookKind.StatusCallback
                && webhook.Outcome == WebhookOutcome.Delivered)
            .Select(webhook => webhook.Attempts).ToListAsync(cancellation);
        return Percentiles.Of(attempts.Where(made => made.Count > 0)
            .Select(made => TimeSpan.FromMilliseconds(made[^1].DurationMs)));
    }

    /// <summary>The senders with the most messages that wait for the carrier, or for their media.</summary>
    public static IEnumerable<KeyValuePair<string, long>> WaitingBySender(IEnumerable<QueueCount> waiting) => waiting
        .Where(count => count is { Sender: not null, Queue: "hand_to_carrier" or "fetch_media" })
        .AggregateBy(count => count.Sender!, 0L, (sum, count) => sum + count.Count)
        .OrderByDescending(sender => sender.Value).ThenBy(sender => sender.Key, StringComparer.Ordinal)
        .Take(MaxSenders);
}

/// <summary>How many messages of a step have a status and an error.</summary>
/// <param name="Step">The number of the step, from 1.</param>
internal sealed record StatusCount(int Step, string Status, int? ErrorCode, long Count);

/// <summary>How many messages of a sender wait in a queue.</summary>
internal sealed record QueueCount(string Queue, string? Sender, long Count);

/// <summary>Half, and 95 of 100, of the values are not greater; null without values.</summary>
internal sealed record Percentiles(long? P50, long? P95)
{
    /// <summary>The percentiles of durations, in milliseconds.</summary>
    public static Percentiles Of(IEnumerable<TimeSpan> durations)
    {
        double[] sorted = [.. durations.Select(duration => duration.TotalMilliseconds).Order()];
        return new(At(0.5), At(0.95));

        long? At(double share) =>
            sorted.Length == 0 ? null : (long)Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1]);
    }
}
