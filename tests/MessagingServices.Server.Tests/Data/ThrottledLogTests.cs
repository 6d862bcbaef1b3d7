using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Server.Tests.Data;

public sealed class ThrottledLogTests
{
    private readonly Lines lines = new();
    private readonly MovedTime time = new();
    private readonly ThrottledLog log;

    public ThrottledLogTests() => log = new("Stage X", NoFailures.Outage(), lines, time);

    [Fact]
    public void The_first_failure_is_logged_with_its_exception_the_next_after_ten_seconds()
    {
        for (var i = 0; i < 199; i++)
        {
            log.Failed(new InvalidOperationException("broken"));
            time.Seconds += 0.1;
        }

        Assert.Equal([
            ("Stage X failed and is retried", true),
            ("Stage X failed 101 times and is retried: broken", false),
        ], lines);
    }

    [Fact]
    public void An_outage_of_the_database_has_no_line_for_each_operation()
    {
        log.Failed(new InvalidOperationException("no response", new TimeoutException("too long")));

        Assert.Empty(lines);
    }

    [Fact]
    public void A_recovery_is_logged_once_and_the_next_failure_is_a_first_one()
    {
        log.Succeeded();
        log.Failed(new InvalidOperationException("broken"));
        log.Succeeded();
        log.Succeeded();
        log.Failed(new InvalidOperationException("broken"));

        Assert.Equal([
            ("Stage X failed and is retried", true),
            ("Stage X works again after 1 failure(s)", false),
            ("Stage X failed and is retried", true),
        ], lines);
    }

    private sealed class MovedTime : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * 1000);
    }

    private sealed class Lines : List<(string Text, bool HasException)>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Add((formatter(state, exception), exception is not null));
    }
}
