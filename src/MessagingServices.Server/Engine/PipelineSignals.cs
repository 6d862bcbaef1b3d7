using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Wakes the stages of this process as soon as their queues were fed. Signals only save time: polling finds the rows
/// that a signal misses, and the rows that other servers commit.
/// </summary>
internal sealed class PipelineSignals
{
    private readonly ConcurrentDictionary<PipelineStage, Channel<bool>> channels = new();

    /// <summary>Wakes the stages that work on the queues. Call it after the commit that fed them.</summary>
    public void Wake(WorkQueues queues)
    {
        if (queues == WorkQueues.None) return;
        foreach (var (stage, channel) in channels)
            if ((stage.Queue & queues) != 0) channel.Writer.TryWrite(true);
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

    private Channel<bool> ChannelOf(PipelineStage stage) => channels.GetOrAdd(stage, _ =>
        System.Threading.Channels.Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
}
