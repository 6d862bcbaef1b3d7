using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>A server tells the others that it has fed queues on which it does not work.</summary>
public sealed class QueueNoticesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // Without a notice, the test waits for it.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_stage_of_another_server_wakes_when_its_queue_was_fed()
    {
        await using var source = DataSources.Create(database.ConnectionString);
        PipelineSignals front = new(), worker = new();
        SleepingStage stage = new(WorkQueues.SelectSender), other = new(WorkQueues.FetchMedia);
        worker.Register(stage);
        worker.Register(other);
        using QueueNotices listening = new(source, worker, new(), NoFailures.Logs);
        using QueueNotices telling = new(source, front, new() { Stages = [] }, NoFailures.Logs);
        await listening.StartAsync(CancellationToken.None);
        await telling.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(database.ConnectionString,
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()") is 1L,
            () => "No server listens.");

        for (var notice = 0; notice < 3; notice++)
        {
            front.Wake(WorkQueues.SelectSender | WorkQueues.CarrierReports);
            await worker.RestAsync(stage, Never, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.False(worker.RestAsync(other, Never, CancellationToken.None).IsCompleted);
        await telling.StopAsync(CancellationToken.None);
        await listening.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_works_on_the_queue_itself_tells_nobody()
    {
        PipelineSignals signals = new();
        signals.Register(new SleepingStage(WorkQueues.SelectSender));

        signals.Wake(WorkQueues.SelectSender);
        signals.Wake(WorkQueues.SelectSender | WorkQueues.Webhooks);
        signals.Wake(WorkQueues.CarrierReports);

        Assert.Equal(
            WorkQueues.Webhooks | WorkQueues.CarrierReports, await signals.ReadUnservedAsync(CancellationToken.None));
        Assert.False(signals.ReadUnservedAsync(CancellationToken.None).IsCompleted);
    }

    private sealed class SleepingStage(WorkQueues queue) : PipelineStage
    {
        public override WorkQueues Queue => queue;

        public override Task<int> RunOnceAsync(CancellationToken cancellation) => Task.FromResult(0);
    }
}
