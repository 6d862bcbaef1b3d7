using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace MessagingServices.Server.Tests.Data;

/// <summary>The lines about an outage of a real PostgreSQL. Time is moved by hand.</summary>
public sealed class DatabaseOutageTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private readonly FakeTimeProvider time = new();
    private readonly Lines lines = new();

    [Fact]
    public async Task A_thousand_failures_are_one_line_one_a_minute_and_one_at_the_end()
    {
        await using var proxy = new PostgresProxy(database.ConnectionString);
        await using var source = NpgsqlDataSource.Create(proxy.ConnectionString);
        using var outage = Outage(source);
        proxy.ToApiError();
        await PassAsync(outage, 150, failuresASecond: 10);
        proxy.Accept();
        await PassAsync(outage, 60, failuresASecond: 0);

        Assert.Equal(4, lines.Count);
        Assert.Equal("The database cannot be used: refused", lines[0]);
        Assert.StartsWith("The database cannot be used since 60 s: 610 request(s)", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("The database cannot be used since 120 s:", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("The database works again after 151 s, in which 1500 ", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_that_time_out_now_and_then_are_one_outage()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var outage = Outage(source);
        for (var i = 0; i < 5; i++)
        {
            outage.Failed(new TimeoutException());
            await PassAsync(outage, 10, failuresASecond: 0);
        }

        await PassAsync(outage, 60, failuresASecond: 0);

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("The database works again", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_fail_has_no_line()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var outage = Outage(source);

        await PassAsync(outage, 100, failuresASecond: 0);

        Assert.Empty(lines);
    }

    private DatabaseOutage Outage(NpgsqlDataSource source) => new(new(source, time), time, lines);

    private async Task PassAsync(DatabaseOutage outage, int seconds, int failuresASecond)
    {
        for (var second = 0; second < seconds; second++)
        {
            for (var i = 0; i < failuresASecond; i++) outage.Failed(new InvalidOperationException("refused"));
            await outage.CheckAsync();
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Lines : List<string>, ILogger<DatabaseOutage>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
