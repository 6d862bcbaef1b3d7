using System.Diagnostics.CodeAnalysis;
using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The messages that this server moves from memory: from the acceptance until the last status callback is recorded.
/// The database holds what a successor needs: <see cref="MessageOwnership"/>, the message and its history. Thread-safe.
/// </summary>
/// <remarks>
/// Three stages take their messages from here first, then from the queues in the database. A message that cannot go on
/// here is released: <c>ReleaseMessages</c> puts it back into the queues, where any server finds it.
/// </remarks>
internal sealed class OwnedMessages
{
    private readonly PipelineOptions options;
    private readonly PipelineSignals signals;
    private readonly Lock gate = new();
    private readonly OwnedMessageSet messages = new();
    private readonly WaitingMessages waiting;
    private volatile bool isOpen;
    private volatile int forgottenCount;

    public OwnedMessages(
        NodeId node, PipelineOptions options, PipelineSignals signals, EmulatorClock clock, ClockStates clocks)
    {
        (Node, this.options, this.signals) = (node, options, signals);
        waiting = new(IsKnown, clock);
        clocks.Changed += Reschedule;
    }

    /// <summary>Unfinished messages are no longer in memory: nor are their callbacks delivered from it.</summary>
    public event Action<IReadOnlyCollection<Sid>>? Released;

    /// <summary>This server.</summary>
    public NodeId Node { get; }

    /// <summary>The messages that have left memory and may not be in the queues yet.</summary>
    public LeavingMessages Leaving { get; } = new();

    /// <summary>The number of messages.</summary>
    public int Count
    {
        get { lock (gate) return messages.Count; }
    }

    /// <summary>How often all were forgotten: a sweep then finds those that are still this server's.</summary>
    public int ForgottenCount => forgottenCount;

    /// <summary>When the carrier's next report is due, in real time; null without one.</summary>
    public DateTimeOffset? NextReport
    {
        get { lock (gate) return waiting.NextReport; }
    }

    /// <summary>The number of entries that wait for a report, with those that are no longer in memory.</summary>
    public int WaitingReports
    {
        get { lock (gate) return waiting.Reports; }
    }

    /// <summary>Lets the server take messages, if it runs all their stages: its heartbeat is recorded.</summary>
    public void Open() => isOpen = options.RunsWholePath();

    /// <summary>Lets the server take no more messages: it leaves, or it has lost its place among the servers.</summary>
    public void Close() => isOpen = false;

    /// <summary>
    /// Takes a message into memory, before its commit. End by <see cref="Start"/>, <see cref="Apply"/> or
    /// <see cref="Release"/>.
    /// </summary>
    /// <returns>False if memory is full or the server takes none: the message goes through the queues.</returns>
    public bool TryAdd(Message message, [NotNullWhen(true)] out OwnedMessage? owned)
    {
        owned = null;
        lock (gate)
        {
            // Within the lock: a message that is added after all were forgotten would be in memory and in a queue.
            if (!isOpen || messages.Count >= options.MaxMessagesInMemory) return false;
            messages.Add(owned = new(message));
            return true;
        }
    }

    /// <summary>Lets new messages wait for their first stage: they are committed.</summary>
    public void Start(IEnumerable<OwnedMessage> committed)
    {
        var fed = WorkQueues.None;
        lock (gate)
        {
            foreach (var owned in committed.Where(IsKnown))
            {
                owned.IsCommitted = true;
                fed |= MessageQueueRows.QueueOf(waiting.Add(owned));
            }
        }

        signals.Wake(fed);
    }

    /// <summary>Takes messages that wait for a stage, the longest waiting first.</summary>
    public IReadOnlyList<OwnedMessage> Take(MessageStage stage, int limit)
    {
        lock (gate) return waiting.Take(stage, limit);
    }

    /// <summary>Takes messages with a report that is due, the longest due first.</summary>
    public IReadOnlyList<OwnedMessage> TakeReports(DateTimeOffset now, int limit)
    {
        lock (gate) return waiting.TakeReports(now, limit);
    }

    /// <summary>Lets messages wait again that a stage has taken: its transaction failed before the commit.</summary>
    public void PutBack(MessageStage? stage, IReadOnlyList<OwnedMessage> taken)
    {
        lock (gate)
        {
            foreach (var owned in taken.Reverse().Where(IsKnown))
            {
                if (stage is { } one) waiting.PutBack(owned, one);
                else waiting.Add(owned, owned.Report!);
            }
        }
    }

    /// <summary>Applies what a transaction has committed.</summary>
    public void Apply(IEnumerable<OwnedChange> changes)
    {
        var fed = WorkQueues.None;
        lock (gate)
        {
            foreach (var change in changes)
            {
                var owned = change.Owned;
                if (!IsKnown(owned)) continue;
                (owned.Message, owned.IsCommitted) = (change.Message, true);
                owned.Callbacks += change.Callbacks;
                owned.Report = change.Next;
                owned.HasEnded = change.Next is null;
                if (change.IsFinished) messages.Remove(owned.Message.Sid);
                else if (change.Next is { } next)
                {
                    waiting.Add(owned, next);
                    fed |= WorkQueues.CarrierReports;
                }
                else if (owned.IsFinished)
                {
                    RemoveFinished(owned);
                    fed |= WorkQueues.Released;
                }
            }
        }

        signals.Wake(fed);
    }

    /// <summary>The owned messages that finish when these callbacks are recorded.</summary>
    public IReadOnlyList<Sid> FinishedBy(IEnumerable<Sid> messagesOfCallbacks)
    {
        lock (gate)
        {
            return [.. messagesOfCallbacks.CountBy(sid => sid).Where(messages.HasOnly).Select(ended => ended.Key)];
        }
    }

    /// <summary>Notes that status callbacks from memory are recorded.</summary>
    /// <param name="messagesOfCallbacks">The message of each callback.</param>
    /// <param name="removed">The messages that were removed from the database with it.</param>
    public void Recorded(IEnumerable<Sid> messagesOfCallbacks, IReadOnlyCollection<Sid> removed)
    {
        var fed = WorkQueues.None;
        lock (gate)
        {
            foreach (var sid in removed) messages.Remove(sid);
            foreach (var (sid, count) in messagesOfCallbacks.CountBy(sid => sid))
            {
                if (messages.Find(sid) is not { } owned) continue;
                owned.Callbacks -= count;
                if (!owned.IsFinished) continue;
                RemoveFinished(owned);
                fed |= WorkQueues.Released;
            }
        }

        signals.Wake(fed);
    }

    /// <summary>Whether all these messages are still in memory: none was released since.</summary>
    public bool ContainsAll(IEnumerable<OwnedMessage> taken)
    {
        lock (gate) return taken.All(IsKnown);
    }

    /// <summary>Whether the message is in memory.</summary>
    public bool Contains(Sid message)
    {
        lock (gate) return messages.Find(message) is not null;
    }

    /// <summary>
    /// Gives messages up, when a commit is in doubt, a message cannot be moved, or memory fills: the stage
    /// <c>ReleaseMessages</c> puts them back into the queues.
    /// </summary>
    public void Release(IEnumerable<Sid> unwanted)
    {
        List<Sid> removed = [];
        lock (gate)
        {
            foreach (var sid in unwanted)
            {
                if (messages.Find(sid) is not { } owned) continue;
                messages.Remove(sid);
                removed.Add(sid);
                Leaving.Release(owned.Message);
            }

            waiting.Trim(messages.Count);
        }

        if (removed.Count == 0) return;
        Released?.Invoke(removed);
        signals.Wake(WorkQueues.Released);
    }

    /// <summary>The messages of an account that the database has, or had.</summary>
    public IReadOnlyList<Sid> CommittedOf(Sid account)
    {
        lock (gate) return messages.CommittedOf(account);
    }

    /// <summary>Forgets messages that were removed from the database.</summary>
    public void Forget(IReadOnlyCollection<Sid> removed)
    {
        lock (gate)
        {
            foreach (var sid in removed) messages.Remove(sid);
            waiting.Trim(messages.Count);
        }

        Released?.Invoke(removed);
    }

    /// <summary>Forgets all: another server has them. A sweep finds those that are still this server's.</summary>
    public void ForgetAll()
    {
        IReadOnlyCollection<Sid> removed;
        lock (gate)
        {
            removed = messages.Sids;
            Leaving.Forget(messages.All.Select(owned => owned.Message));
            messages.Clear();
            waiting.Clear();
            forgottenCount++;
        }

        Released?.Invoke(removed);
        signals.Wake(WorkQueues.Released);
    }

    /// <summary>The messages of an account with status callbacks that are not recorded yet.</summary>
    public IReadOnlySet<Sid> WithCallbacks(Sid account, Predicate<Message> isFromBefore)
    {
        lock (gate) return messages.WithCallbacks(account, isFromBefore);
    }

    /// <summary>
    /// Whether a message of an account from before a move of its clock has a due step, is in a stage now, or has left
    /// memory and may not be in a queue yet.
    /// </summary>
    public bool HasDueStep(Sid account, DateTimeOffset now, Predicate<Message> isFromBefore)
    {
        lock (gate)
            return Leaving.Any(account, isFromBefore) || messages.HasDueStep(account, now, isFromBefore);
    }

    /// <summary>When the carrier's next report on each message of an account is due, on the account's clock.</summary>
    public IReadOnlyList<(Sid Message, DateTimeOffset Due)> ReportsOf(Sid account)
    {
        lock (gate) return messages.ReportsOf(account);
    }

    // The clock of the account has changed.
    private void Reschedule(Sid account)
    {
        lock (gate)
            foreach (var owned in messages.Of(account)) waiting.Reschedule(owned);
        signals.WakeHere(WorkQueues.CarrierReports);
    }

    // A report and a record of callbacks were committed at the same time, so neither removed the message's row.
    private void RemoveFinished(OwnedMessage owned)
    {
        messages.Remove(owned.Message.Sid);
        Leaving.Finish(owned.Message.Sid);
    }

    private bool IsKnown(OwnedMessage owned) => messages.Find(owned.Message.Sid) == owned;
}
