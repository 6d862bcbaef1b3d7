using System.Net.Sockets;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class ExhaustedWebhookLogTests : IDisposable
{
    private readonly HandClock clock = new();
    private readonly Lines lines = new();
    private readonly ExhaustedWebhookLog log;

    public ExhaustedWebhookLogTests() => log = new(NoFailures.Outage(), clock, lines);

    public void Dispose() => log.Dispose();

    [Fact]
    public void A_failing_endpoint_has_one_line_in_ten_seconds()
    {
        for (var i = 0; i < 1000; i++) log.Add("http://gone", 11205, null);
        clock.Advance(TimeSpan.FromSeconds(10));
        log.Add("http://gone", 11203, null);

        Assert.Equal(
        [
            (LogLevel.Warning, "1 webhook(s) to http://gone failed, the last with error 11205"),
            (LogLevel.Warning, "1000 webhook(s) to http://gone failed, the last with error 11203"),
        ], lines.Written);
    }

    [Fact]
    public void A_webhook_that_an_outage_of_the_database_delays_has_no_line()
    {
        log.AddRepeated("http://healthy", new InvalidOperationException("no response", new TimeoutException()));

        Assert.Empty(lines.Written);
    }

    [Fact]
    public void A_webhook_that_a_defect_delays_has_a_line()
    {
        log.AddRepeated("http://fine", new InvalidOperationException());

        Assert.Equal(LogLevel.Error, Assert.Single(lines.Written).Level);
    }

    [Fact]
    public void A_failed_webhook_has_a_line_whatever_ended_its_request()
    {
        Exception[] failures = [new SocketException(), new TimeoutException(), new OperationCanceledException()];
        foreach (var failure in failures) log.Add($"http://{failure.GetType().Name}", 11200, failure);

        Assert.Equal(failures.Length, lines.Written.Count);
    }

    [Fact]
    public void Each_endpoint_has_its_own_lines()
    {
        log.Add("http://one", 11205, null);
        log.Add("http://two", 11205, null);

        Assert.Equal(2, lines.Written.Count);
    }

    [Fact]
    public void Counted_failures_are_written_without_another_failure()
    {
        for (var i = 0; i < 3; i++) log.Add("http://gone", 11205, null);
        clock.Advance(TimeSpan.FromSeconds(10));
        clock.Tick();
        clock.Tick();

        Assert.Equal(["1 webhook(s)", "2 webhook(s)"], lines.Written.Select(line => line.Text[..12]));
    }

    [Fact]
    public void Counted_failures_are_written_when_the_server_stops()
    {
        for (var i = 0; i < 3; i++) log.Add("http://gone", 11205, null);

        log.Dispose();

        Assert.Equal(["1 webhook(s)", "2 webhook(s)"], lines.Written.Select(line => line.Text[..12]));
    }

    [Fact]
    public void A_server_error_has_the_level_error()
    {
        log.Add("http://fine", 11200, new InvalidOperationException());

        Assert.Equal(LogLevel.Error, Assert.Single(lines.Written).Level);
    }

    private sealed class Lines : ILogger<ExhaustedWebhookLog>
    {
        public List<(LogLevel Level, string Text)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Written.Add((logLevel, formatter(state, exception)));
    }

    private sealed class HandClock : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        /// <summary>The callback of the timer.</summary>
        public Action Tick { get; private set; } = () => { };

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Tick = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
