using System.Globalization;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Tells the other servers that a commit has fed queues whose stages this process does not run, so that they need not
/// wait for their next poll: at once after a pause, and at most 20 times a second. A notice is a transaction of its
/// own, because <c>NOTIFY</c> in the transactions of messages makes them 2.5 times slower. A lost notice only costs
/// time.
/// </summary>
internal sealed class QueueNotices(
    NpgsqlDataSource database, PipelineSignals signals, PipelineOptions options, FailureLogs logs)
    : BackgroundService
{
    private const string Channel = "messaging_services_queues";
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            RunAsync("Telling other servers of queues", SendAsync, stoppingToken),
            options.Stages.Count == 0
                ? Task.CompletedTask
                : RunAsync("Listening for queues that other servers feed", ListenAsync, stoppingToken));

    private async Task RunAsync(string work, Func<Action, CancellationToken, Task> loop, CancellationToken stopping)
    {
        var failures = logs.Of<QueueNotices>(work);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await loop(failures.Succeeded, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Also behind a pooler that does not support LISTEN: then the stages poll.
                failures.Failed(failure);
                await Task.Delay(AfterFailure, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SendAsync(Action succeeded, CancellationToken stopping)
    {
        while (true)
        {
            var queues = await signals.ReadUnservedAsync(stopping);
            await using (var notice = database.CreateCommand("SELECT pg_notify($1, $2)"))
            {
                notice.Parameters.Add(Scalar.Of(Channel));
                notice.Parameters.Add(Scalar.Of(((int)queues).ToString(CultureInfo.InvariantCulture)));
                await notice.ExecuteNonQueryAsync(stopping);
            }

            succeeded();
            await Task.Delay(BetweenNotices, stopping);
        }
    }

    private async Task ListenAsync(Action succeeded, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, notice) =>
        {
            if (int.TryParse(notice.Payload, CultureInfo.InvariantCulture, out var queues))
                signals.WakeHere((WorkQueues)queues);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        succeeded();
        while (true) await connection.WaitAsync(stopping);
    }
}
