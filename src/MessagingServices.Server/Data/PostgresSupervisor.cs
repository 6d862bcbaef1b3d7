namespace MessagingServices.Server.Data;

/// <summary>Looks every second whether the embedded PostgreSQL still runs, and starts it again when it was killed.</summary>
internal sealed class PostgresSupervisor(Database database, TimeProvider real, ILogger<PostgresSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = new ThrottledLog("Starting PostgreSQL again", logger, real);
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
