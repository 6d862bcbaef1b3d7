using System.Diagnostics;
using System.Globalization;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A server without a PostgreSQL, and with one that is paused.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task While_the_database_is_gone_requests_are_answered_503_and_the_log_stays_short()
    {
        var cluster = await StartPostgresAsync();
        await using var server = await ServerUnderTest.StartAsync(cluster.ConnectionString);
        await cluster.StopAsync();

        for (var i = 0; i < 20; i++)
        {
            var answer = await ApiResponse.ReadAsync(await server.Http.GetAsync(MessagesApi.Path));
            Assert.Equal((503, "20503"), (answer.Status, answer["code"]));
            await Task.Delay(100);
        }

        await server.Http.GetAsync("/2010-04-01/Accounts/x%0Aforged/Messages.json");
        var lines = server.Output.Split('\n');
        Assert.DoesNotContain(lines, line => line.StartsWith("forged", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("x%0Aforged", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => line.Contains(" WRN ", StringComparison.Ordinal)), 1, 60);

        await using var again = await StartPostgresAsync();
        await Eventually.TrueAsync(() => server.Output.Contains("works again", StringComparison.Ordinal),
            () => server.Output);
        Assert.True((await server.Http.GetAsync(MessagesApi.Path)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_server_whose_database_stands_still_stops_all_the_same()
    {
        await using var cluster = await StartPostgresAsync();
        await using var server = await ServerUnderTest.StartAsync(cluster.ConnectionString);
        await SignalPostgresAsync("STOP");
        try
        {
            var unanswered = server.Http.GetAsync(MessagesApi.Path);
            await Task.Delay(500);
            var start = Stopwatch.GetTimestamp();

            Assert.Equal(0, await server.StopAsync());

            // It promises five seconds; the machine may be busy.
            var taken = Stopwatch.GetElapsedTime(start);
            Assert.True(taken < TimeSpan.FromSeconds(15), $"It took {taken.TotalSeconds:F1} s to stop.");
            await Assert.ThrowsAnyAsync<Exception>(async () => (await unanswered).EnsureSuccessStatusCode());
        }
        finally
        {
            await SignalPostgresAsync("CONT");
        }
    }

    [Fact]
    public async Task While_the_database_stands_still_or_is_gone_metrics_tell_the_rest()
    {
        var cluster = await StartPostgresAsync();
        await using var server = await ServerUnderTest.StartAsync(cluster.ConnectionString);
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550161");
        await server.Api.Messages.SendAsync(("To", "+14155550171"), ("MessagingServiceSid", service), ("Body", "Hi"));
        await Scrape.UntilAsync(server, IsComplete);

        await SignalPostgresAsync("STOP");
        await Scrape.UntilAsync(server, IsWithoutQueues);
        await SignalPostgresAsync("CONT");
        await Scrape.UntilAsync(server, IsComplete);
        await cluster.StopAsync();
        await Scrape.UntilAsync(server, IsWithoutQueues);

        static bool IsComplete(Scrape scrape) =>
            scrape["database_up"] == 1 && scrape["queue_length stage=SelectSenders state=due"] >= 0
                && scrape["messages_accepted_total"] == 1;

        static bool IsWithoutQueues(Scrape scrape) =>
            scrape["database_up"] == 0 && scrape["queue_length stage=SelectSenders state=due"] is null
            && scrape["queue_oldest_age_seconds stage=SelectSenders"] is null && scrape["messages_accepted_total"] == 1;
    }

    private Task<EmbeddedCluster> StartPostgresAsync() => EmbeddedCluster.StartAsync(
        new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance, TimeProvider.System,
        CancellationToken.None);

    private async Task SignalPostgresAsync(string signal)
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder["cluster"], "postmaster.pid")))[0],
            CultureInfo.InvariantCulture);
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {postmaster} $(pgrep -P {postmaster})"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
