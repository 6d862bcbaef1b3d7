using System.Diagnostics.Metrics;
using MessagingServices.Server.Telemetry;

namespace MessagingServices.Server.Events;

/// <summary>Metrics of the event streams.</summary>
internal sealed class EventTelemetry
{
    private readonly Counter<long> published;
    private readonly Counter<long> resyncs;
    private int listeners;

    public EventTelemetry(IMeterFactory meters)
    {
        var meter = meters.Ours();
        published = meter.Counts("events.published", "event", "Events for listeners of this server, after merging");
        resyncs = meter.Counts("events.resyncs", "event", "Resyncs that listeners got in place of events");
        meter.CreateObservableUpDownCounter(
            "messaging_services.events.listeners", () => Volatile.Read(ref listeners), "{listener}",
            "Open event streams of this server");
    }

    /// <summary>The number of open streams.</summary>
    public int Listeners => Volatile.Read(ref listeners);

    /// <summary>Events were added to a log.</summary>
    public void Published(int events) => published.Add(events);

    /// <summary>A client got a resync.</summary>
    public void Resynced() => resyncs.Add(1);

    /// <summary>A stream begins.</summary>
    public void Joined() => Interlocked.Increment(ref listeners);

    /// <summary>A stream has ended.</summary>
    public void Left() => Interlocked.Decrement(ref listeners);
}
