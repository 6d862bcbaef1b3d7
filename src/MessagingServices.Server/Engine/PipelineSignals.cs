using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Wakes the stages as soon as their queues were fed. Signals only save time: polling finds the rows that a signal
/// misses.
/// </summary>
internal sealed class PipelineSignals
{
    private readonly ConcurrentDictionary<PipelineStage, Channel<bool>> channels = new();
    private readonly Channel<bool> unservedFed = Latch();
    private int unserved;

    /// <summary>
    /// Wakes the stages that work on the queues, also those of other servers if no stage of this process does. Call it
    /// after the commit that fed them.
    /// </summary>
    public void Wake(WorkQueues queues)
    {
        var left = queues & ~WakeHere(queues);
        if (left == WorkQueues.None) return;
        Interlocked.Or(ref unserved, (int)left);
        unservedFed.Writer.TryWrite(true);
    }

    /// <summary>Wakes the stages of this process.</summary>
    /// <returns>The queues that stages of this process work on.</returns>
    public WorkQueues WakeHere(WorkQueues queues)
    {
        var served = WorkQueues.None;
        if (queues == WorkQueues.None) return served;
        foreach (var (stage, channel) in channels)
        {
            served |= stage.Queue;
            if ((stage.Queue & queues) != 0) channel.Writer.TryWrite(true);
        }

        return served;
    }

    /// <summary>Waits until queues were fed that no stage of this process works on, and returns all such.</summary>
    public async Task<WorkQueues> ReadUnservedAsync(CancellationToken cancellation)
    {
        await unservedFed.Reader.ReadAsync(cancellation);
        return (WorkQueues)Interlocked.Exchange(ref unserved, 0);
    }

    /// <summary>Rests until a commit feeds the stage's queue, at most for <paramref name="max"/>.</summary>
    public async Task RestAsync(PipelineStage stage, TimeSpan max, CancellationToken cancellation)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        rest.CancelAfter(max);
        try
        {
            await ChannelOf(stage).Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>Signals for the stage are kept from now on, also those that come while it works.</summary>
    public void Register(PipelineStage stage) => ChannelOf(stage);

    private Channel<bool> ChannelOf(PipelineStage stage) => channels.GetOrAdd(stage, _ => Latch());

    // A second signal before the first is read changes nothing.
    private static Channel<bool> Latch() => System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
