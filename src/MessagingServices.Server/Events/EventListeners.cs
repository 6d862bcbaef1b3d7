namespace MessagingServices.Server.Events;

/// <summary>
/// The accounts that have listeners on this server. Their events are kept for a minute after the last listener has
/// left, for one that comes back. Thread-safe.
/// </summary>
internal sealed class EventListeners(
    EventBus bus, EventReader reader, EventTelemetry telemetry, FailureLogs logs, TimeProvider time) : IDisposable
{
    /// <summary>How long events are kept for listeners that have left.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Dictionary<Sid, AccountEvents> accounts = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly ThrottledLog failures = logs.Of<EventListeners>("Reading events");
    private readonly Latch changed = new();

    /// <summary>The accounts.</summary>
    public IReadOnlyList<AccountEvents> All
    {
        get { lock (gate) return [.. accounts.Values]; }
    }

    /// <summary>The events of an account; null if it has no listeners here.</summary>
    public AccountEvents? Find(Sid account)
    {
        lock (gate) return accounts.GetValueOrDefault(account);
    }

    /// <summary>A client begins to listen to an account. Call <see cref="Leave"/> when it ends.</summary>
    public AccountEvents Join(Sid account)
    {
        telemetry.Joined();
        lock (gate)
        {
            if (!accounts.TryGetValue(account, out var events))
            {
                events = new(account, reader, telemetry, failures, time);
                accounts.Add(account, events);
                bus.Listen(account, events);
                _ = Task.Run(() => events.RunAsync(stopping.Token), CancellationToken.None);
                changed.Set();
            }

            events.Join();
            return events;
        }
    }

    /// <summary>A client listens no longer.</summary>
    public void Leave(AccountEvents events)
    {
        telemetry.Left();
        events.Leave();
    }

    /// <summary>A client got a resync in place of events.</summary>
    public void Resynced() => telemetry.Resynced();

    /// <summary>Waits until there is a new account, at most for a time.</summary>
    public Task WaitAsync(TimeSpan max, CancellationToken cancellation) => changed.WaitAsync(max, cancellation);

    /// <summary>Events of all accounts were lost.</summary>
    public void LoseAll()
    {
        foreach (var events in All) events.Lose(EventTypes.All);
    }

    /// <summary>Forgets the events of accounts that have had no listener for a minute.</summary>
    public void RemoveUnused()
    {
        lock (gate)
        {
            foreach (var events in accounts.Values.Where(events => events.Unused > Kept).ToList())
            {
                accounts.Remove(events.Account);
                bus.Listen(events.Account, null);
                events.Stop();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }
}
