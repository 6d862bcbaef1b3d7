using System.Threading.Channels;

namespace MessagingServices.Server.Events;

/// <summary>A signal that is kept until it is awaited. A second one before that changes nothing.</summary>
internal sealed class Latch
{
    private readonly Channel<bool> channel = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(true);

    /// <summary>Waits for a signal.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await channel.Reader.ReadAsync(cancellation);

    /// <summary>Waits for a signal, at most for a time.</summary>
    public async Task WaitAsync(TimeSpan max, CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        wait.CancelAfter(max);
        try
        {
            await channel.Reader.ReadAsync(wait.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
