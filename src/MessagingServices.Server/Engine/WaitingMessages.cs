using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Engine;

/// <summary>The messages in memory that wait for a step. Not thread-safe; see <see cref="OwnedMessages"/>.</summary>
/// <param name="isKnown">Whether a message is still in memory: others are left out.</param>
internal sealed class WaitingMessages(Predicate<OwnedMessage> isKnown)
{
    private const int MinTrimmed = 1000;

    private readonly LinkedList<OwnedMessage> withoutSender = [];
    private readonly LinkedList<OwnedMessage> withSender = [];
    private readonly PriorityQueue<OwnedMessage, DateTimeOffset> reports = new();

    /// <summary>When the carrier's next report is due, on the emulator's clock; null without one.</summary>
    public DateTimeOffset? NextReport => reports.TryPeek(out _, out var due) ? due : null;

    /// <summary>The number of entries that wait for a report, with those that are no longer in memory.</summary>
    public int Reports => reports.Count;

    /// <summary>Lets a new message wait for its first stage.</summary>
    /// <returns>The stage.</returns>
    public MessageStage Add(OwnedMessage owned)
    {
        var stage = owned.Message.Status == MessageStatus.Queued
            ? MessageStage.HandToCarrier
            : MessageStage.SelectSender;
        (owned.Step, owned.Due) = (StepOf(stage), owned.Message.DateCreated);
        Of(stage).AddLast(owned);
        return stage;
    }

    /// <summary>Lets a message wait for a report of the carrier.</summary>
    public void Add(OwnedMessage owned, CarrierDelivery report)
    {
        (owned.Step, owned.Due) = (OwnedStep.Report, report.Due);
        reports.Enqueue(owned, report.Due);
    }

    /// <summary>
    /// Leaves out the messages that are no longer in memory, when they are most of those that wait for a report: some
    /// reports are due in hours.
    /// </summary>
    /// <param name="known">The number of messages in memory.</param>
    public void Trim(int known)
    {
        if (reports.Count < (2 * known) + MinTrimmed) return;
        List<(OwnedMessage, DateTimeOffset)> left = [.. reports.UnorderedItems.Where(entry => isKnown(entry.Element))];
        reports.Clear();
        reports.EnqueueRange(left);
    }

    /// <summary>Lets a message wait for a stage again, before all others.</summary>
    public void PutBack(OwnedMessage owned, MessageStage stage)
    {
        owned.Step = StepOf(stage);
        Of(stage).AddFirst(owned);
    }

    /// <summary>Takes messages that wait for a stage, the longest waiting first.</summary>
    public IReadOnlyList<OwnedMessage> Take(MessageStage stage, int limit)
    {
        List<OwnedMessage> taken = [];
        var waiting = Of(stage);
        while (taken.Count < limit && waiting.First is { Value: var first })
        {
            waiting.RemoveFirst();
            Take(first, taken);
        }

        return taken;
    }

    /// <summary>Takes messages with a report that is due, the longest due first.</summary>
    public IReadOnlyList<OwnedMessage> TakeReports(DateTimeOffset now, int limit)
    {
        List<OwnedMessage> taken = [];
        while (taken.Count < limit && reports.TryPeek(out var first, out var due) && due <= now)
        {
            reports.Dequeue();
            Take(first, taken);
        }

        return taken;
    }

    public void Clear()
    {
        withoutSender.Clear();
        withSender.Clear();
        reports.Clear();
    }

    private void Take(OwnedMessage first, List<OwnedMessage> taken)
    {
        if (!isKnown(first)) return;
        first.Step = OwnedStep.None;
        taken.Add(first);
    }

    private LinkedList<OwnedMessage> Of(MessageStage stage) => stage switch
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
