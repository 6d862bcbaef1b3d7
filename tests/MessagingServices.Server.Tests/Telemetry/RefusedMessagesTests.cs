using System.Diagnostics.Metrics;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Accept;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>
/// Messages that are refused with 429, since too many wait, are counted; those that wait are not counted as accepted.
/// </summary>
public sealed class RefusedMessagesTests
{
    [Fact]
    public async Task Messages_refused_with_429_are_counted_and_waiting_ones_are_not_yet_accepted()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        List<string> counted = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Scope == meters) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, labels,
            _) => counted.Add($"{instrument.Name} {count} {labels[0].Value}"));
        listener.Start();
        using var tracing = new MessageTracing(TimeProvider.System);
        await using var nowhere = NpgsqlDataSource.Create("Host=nowhere");
        // No stage takes the messages that wait.
        PipelineSignals signals = new();
        ClockStates clocks = new();
        EmulatorClock clock = new(TimeProvider.System, new(), clocks, new());
        OwnedMessages memory = new(new(Guid.Empty), new(), signals, clock, clocks);
        MessageTelemetry telemetry = new(meters, tracing);
        CommitEffects effects = new(signals, telemetry, new());
        using var intake = new MessageWriter(
            new(nowhere, new(new(TimeProvider.System), clock), memory, new(), effects), telemetry,
            new(), NoFailures.Logs, NullLogger<MessageWriter>.Instance);
        for (var i = 0; i < 10_000; i++) _ = intake.AddAsync(NewMessage());
        Assert.Empty(counted);

        var refused = await Assert.ThrowsAsync<TwilioException>(() => intake.AddAsync(NewMessage()));

        Assert.Equal(MessagingError.TooManyRequests, refused.ApiError.Error);
        Assert.Equal(["messaging_services.messages.refused 1 20429"], counted);
    }

    private static Message NewMessage() => Message.Accept(
        new(new SidSource(TimeProvider.System).New(SidPrefix.TextMessage), Sid.Parse(MessagingServer.AccountSid),
            "+14155552671", "Hi") { From = "+14155550162" },
        DateTimeOffset.UnixEpoch);
}
