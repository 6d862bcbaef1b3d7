using System.Diagnostics;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A wait ends when its caller disconnects, and when the server stops.</summary>
public sealed class WaitEndsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly string Wait = MessagesApi.WaitPath(("To", "+14155552671"), ("Timeout", "60"));

    [Fact]
    public async Task A_server_that_stops_answers_those_who_wait()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        var waiting = server.Api.GetAsync(Wait);
        await UntilAsync("EXISTS", "the wait has begun");

        var began = Stopwatch.GetTimestamp();
        var exitCode = await server.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
        Assert.Equal((503, "20503"), ((await waiting).Status, (await waiting)["code"]));
    }

    [Fact]
    public async Task A_caller_who_goes_is_waited_for_no_longer()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        using var patience = new CancellationTokenSource();
        var waiting = server.Http.GetAsync(Wait, patience.Token);
        await UntilAsync("EXISTS", "the wait has begun");

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await UntilAsync("NOT EXISTS", "the wait has ended");
        Assert.DoesNotContain("failed", server.Output, StringComparison.Ordinal);
    }

    /// <summary>Looks into PostgreSQL for the query by which a server waits.</summary>
    private Task UntilAsync(string exists, string what) => Eventually.TrueAsync(
        async () => await Sql.ScalarAsync(database.ConnectionString,
            $"""
             SELECT {exists} (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <>
                 pg_backend_pid()
                 AND query LIKE '%FROM messages%ORDER BY m.ordinal DESC%'
                 AND query_start > clock_timestamp() - interval '1 second')
             """) is true,
        () => $"After half a minute it is not true that {what}");
}
