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

        var lines = server.Output.Split('\n');
        Assert.DoesNotContain(lines, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains(" WRN ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(" ERR ", StringComparison.Ordinal));

        await using var again = await StartPostgresAsync();
        await Eventually.TrueAsync(() => server.Output.Contains("works again", StringComparison.Ordinal),
            () => server.Output);
        Assert.True((await server.Http.GetAsync(MessagesApi.Path)).IsSuccessStatusCode);
        await server.Http.GetAsync("/v1/Services/x%0Aforged");
        await Eventually.TrueAsync(() => server.Output.Contains("x%0Aforged", StringComparison.Ordinal),
            () => server.Output);
        Assert.DoesNotContain("\nforged", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_stands_still_requests_are_answered_and_nothing_accepted_is_lost()
    {
        await using var cluster = await StartPostgresAsync();
        await using var server = await ServerUnderTest.StartAsync(
            cluster.ConnectionString, [.. Fast.Carrier, "--Database:RequestTimeoutMs", "4000"]);
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550161");
        var accepted = await SendAsync();
        await SignalPostgresAsync("STOP");
        try
        {
            List<Task<ApiResponse>> requests =
            [
                .. Enumerable.Range(0, 10).Select(_ => server.Api.GetAsync(MessagesApi.Path)),
                .. Enumerable.Range(0, 10).Select(_ => server.Api.PostAsync("/v1/Services", ("FriendlyName", "X"))),
                .. Enumerable.Range(0, 10).Select(_ => server.Api.PostAsync(MessagesApi.Path,
                    ("To", "+14155550171"), ("MessagingServiceSid", service), ("Body", "Hi"))),
            ];
            foreach (var request in requests)
            {
                var answer = await request.ExpectErrorAsync(503, 20503);
                Assert.NotNull(answer.Response.Headers.RetryAfter);
            }

            Assert.Equal(503, (int)(await server.Http.GetAsync("/readyz")).StatusCode);
        }
        finally
        {
            await SignalPostgresAsync("CONT");
        }

        await server.Api.Messages.UntilAsync(accepted, "delivered");
        await server.Api.Messages.UntilAsync(await SendAsync(), "delivered");
        await Eventually.TrueAsync(() => Count("works again") == 1, () => server.Output);
        Assert.Equal((1, 0), (Count(" WRN "), Count(" ERR ")));

        int Count(string text) =>
            server.Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

        async Task<string> SendAsync() => (await Eventually.ValueAsync(
            () => server.Api.PostAsync(
                MessagesApi.Path, ("To", "+14155550171"), ("MessagingServiceSid", service), ("Body", "Hi")),
            answer => answer.Status == 201, answer => answer.Text))["sid"]!;
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
