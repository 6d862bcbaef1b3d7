using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Engine;

/// <summary>The messages in memory that wait for a step. Not thread-safe; see <see cref="OwnedMessages"/>.</summary>
/// <param name="isKnown">Whether a message is still in memory: others are left out.</param>
/// <param name="clock">The clocks, by which reports are due.</param>
internal sealed class WaitingMessages(Predicate<OwnedMessage> isKnown, EmulatorClock clock)
{
    private const int MinTrimmed = 1000;

    private readonly FairQueue withoutSender = new();
    private readonly FairQueue withSender = new();
    private readonly FairQueue dueReports = new();
    private readonly PriorityQueue<(OwnedMessage Owned, int Turn), DateTimeOffset> reports = new();

    /// <summary>When the carrier's next report is due, in real time; null without one.</summary>
    public DateTimeOffset? NextReport => dueReports.Count > 0 ? DateTimeOffset.MinValue
        : reports.TryPeek(out _, out var wake) ? wake : null;

    /// <summary>The number of entries that wait for a report, with those that are no longer in memory.</summary>
    public int Reports => reports.Count + dueReports.Count;

    /// <summary>Lets a new message wait for its first stage.</summary>
    /// <returns>The stage.</returns>
    public MessageStage Add(OwnedMessage owned)
    {
        var stage = owned.Message.Status == MessageStatus.Queued
            ? MessageStage.HandToCarrier
            : MessageStage.SelectSender;
        (owned.Step, owned.Due) = (StepOf(stage), owned.Message.DateCreated);
        Of(stage).Add(owned);
        return stage;
    }

    /// <summary>Lets a message wait for a report of the carrier.</summary>
    public void Add(OwnedMessage owned, CarrierDelivery report)
    {
        (owned.Step, owned.Due) = (OwnedStep.Report, report.Due);
        Enqueue(owned);
    }

    /// <summary>Lets a message that waits for a report wait by the changed clock of its account.</summary>
    public void Reschedule(OwnedMessage owned)
    {
        if (owned.Step == OwnedStep.Report) Enqueue(owned);
    }

    /// <summary>
    /// Leaves out the messages that are no longer in memory, when they are most of those that wait for a report: some
    /// reports are due in hours.
    /// </summary>
    /// <param name="known">The number of messages in memory.</param>
    public void Trim(int known)
    {
        if (reports.Count < (2 * known) + MinTrimmed) return;
        List<((OwnedMessage, int), DateTimeOffset)> left =
            [.. reports.UnorderedItems.Where(entry => IsPresent(entry.Element.Owned, entry.Element.Turn))];
        reports.Clear();
        reports.EnqueueRange(left);
    }

    /// <summary>Lets a message wait for a stage again, before all others of its account.</summary>
    public void PutBack(OwnedMessage owned, MessageStage stage)
    {
        owned.Step = StepOf(stage);
        Of(stage).AddFirst(owned);
    }

    /// <summary>
    /// Takes messages that wait for a stage: some of each account, of each the longest waiting first.
    /// </summary>
    public IReadOnlyList<OwnedMessage> Take(MessageStage stage, int limit) => Take(Of(stage), limit);

    /// <summary>
    /// Takes messages with a report that is due: some of each account, of each the longest due first.
    /// </summary>
    /// <param name="now">The real time.</param>
    /// <param name="limit">The maximum number.</param>
    public IReadOnlyList<OwnedMessage> TakeReports(DateTimeOffset now, int limit)
    {
        while (reports.TryPeek(out var first, out var wake) && wake <= now)
        {
            reports.Dequeue();
            if (IsPresent(first.Owned, first.Turn)) dueReports.Add(first.Owned);
        }

        return Take(dueReports, limit);
    }

    public void Clear()
    {
        withoutSender.Clear();
        withSender.Clear();
        dueReports.Clear();
        reports.Clear();
    }

    private List<OwnedMessage> Take(FairQueue queue, int limit)
    {
        List<OwnedMessage> taken = [];
        while (taken.Count < limit && queue.Take(limit - taken.Count) is { Count: > 0 } next)
        {
            foreach (var (owned, _) in next.Where(entry => entry.Owned.Turn == entry.Turn && isKnown(entry.Owned)))
            {
                if (owned.Step == OwnedStep.None) continue;
                owned.Step = OwnedStep.None;
                taken.Add(owned);
            }
        }

        return taken;
    }

    // A frozen clock may never reach the report: the message waits for a change of the clock.
    private void Enqueue(OwnedMessage owned)
    {
        owned.Turn++;
        var wake = clock.StateOf(owned.Message.AccountSid).RealTimeOf(owned.Due);
        if (wake < DateTimeOffset.MaxValue) reports.Enqueue((owned, owned.Turn), wake);
    }

    private bool IsPresent(OwnedMessage owned, int turn) =>
        owned.Turn == turn && owned.Step == OwnedStep.Report && isKnown(owned);

    private FairQueue Of(MessageStage stage) => stage switch
    {
        MessageStage.SelectSender => withoutSender,
        MessageStage.HandToCarrier => withSender,
    };

    private static OwnedStep StepOf(MessageStage stage) => stage switch
    {
        MessageStage.SelectSender => OwnedStep.SelectSender,
        MessageStage.HandToCarrier => OwnedStep.HandToCarrier,
    };
}
