using System.Net.Security;
using System.Net.Sockets;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>A connection without TLS that notes its use. The pool can check the socket of a network stream.</summary>
internal sealed class FollowedConnection(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private readonly ConnectionHistory history = new();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        history.Sending();
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        history.ReceivingAsync(base.ReadAsync(buffer, cancellationToken));
}

/// <summary>A connection with TLS that notes its use. The messages of TLS itself are no response.</summary>
internal sealed class FollowedTlsConnection(Stream inner) : SslStream(inner)
{
    private readonly ConnectionHistory history = new();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        history.Sending();
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        history.ReceivingAsync(base.ReadAsync(buffer, cancellationToken));
}
