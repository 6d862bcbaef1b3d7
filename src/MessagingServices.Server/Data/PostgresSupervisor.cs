namespace MessagingServices.Server.Data;

/// <summary>Checks every second that the embedded PostgreSQL still runs, and restarts it after a kill.</summary>
internal sealed class PostgresSupervisor(Database database, TimeProvider real, FailureLogs logs)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = logs.Of<PostgresSupervisor>("Starting PostgreSQL again");
        while (true)
        {
            await Task.Delay(Interval, real, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await database.RestartIfGoneAsync(stoppingToken);
                failures.Succeeded();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                failures.Failed(failure);
            }
        }
    }
}
