namespace MessagingServices.Server.Engine;

/// <summary>
/// The messages that have left the memory of this server and may not be in the queues yet. A move of the clock waits
/// for them, because it would find them nowhere. Thread-safe.
/// </summary>
internal sealed class LeavingMessages
{
    private readonly Lock gate = new();
    private readonly Queue<Message> unsettled = new();
    private readonly List<Sid> released = [];
    private long departures;

    /// <summary>
    /// How many messages have left so far without having finished: the argument for <see cref="Settle"/>.
    /// </summary>
    public long Departures
    {
        get { lock (gate) return departures; }
    }

    /// <summary>Adds a message that is to be put into the queues.</summary>
    public void Release(Message message)
    {
        lock (gate)
        {
            Leave(message);
            released.Add(message.Sid);
        }
    }

    /// <summary>Adds a message that has finished: only its row is left to remove.</summary>
    public void Finish(Sid message)
    {
        lock (gate) released.Add(message);
    }

    /// <summary>Adds messages of which a sweep must find out whether they are still this server's.</summary>
    public void Forget(IEnumerable<Message> forgotten)
    {
        lock (gate)
        {
            foreach (var message in forgotten) Leave(message);
            released.Clear();
        }
    }

    /// <summary>Returns the messages that were released, or finished, since the last call.</summary>
    public IReadOnlyList<Sid> DrainReleased()
    {
        lock (gate)
        {
            List<Sid> drained = [.. released];
            released.Clear();
            return drained;
        }
    }

    /// <summary>Notes that the first messages that have left are in the queues.</summary>
    /// <param name="settled">The <see cref="Departures"/> of before they were read.</param>
    public void Settle(long settled)
    {
        lock (gate)
            while (unsettled.Count > departures - settled) unsettled.Dequeue();
    }

    /// <summary>
    /// Whether one of those of an account that may not be in the queues yet satisfies the condition.
    /// </summary>
    public bool Any(Sid account, Predicate<Message> condition)
    {
        lock (gate) return unsettled.Any(message => message.AccountSid == account && condition(message));
    }

    private void Leave(Message message)
    {
        unsettled.Enqueue(message);
        departures++;
    }
}
