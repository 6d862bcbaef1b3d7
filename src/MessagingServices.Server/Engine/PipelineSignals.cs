using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Wakes stages of this process at once. Only for speed: what is lost here, and what other servers do, is found by polling.
/// </summary>
internal sealed class PipelineSignals
{
    private readonly ConcurrentDictionary<Type, Channel<bool>> channels = new();

    /// <summary>There is work for the stage.</summary>
    public void Wake<TStage>() where TStage : PipelineStage => Of(typeof(TStage)).Writer.TryWrite(true);

    /// <summary>Rests until the stage is woken, at most for <paramref name="longest"/>.</summary>
    internal async Task RestAsync(PipelineStage stage, TimeSpan longest, CancellationToken cancellation)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        rest.CancelAfter(longest);
        try
        {
            await Of(stage.GetType()).Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    private Channel<bool> Of(Type stage) => channels.GetOrAdd(stage, _ => System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
}
