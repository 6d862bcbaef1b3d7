using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>A connection without TLS that notes its use. The pool can check the socket of a network stream.</summary>
internal sealed class FollowedConnection(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private ConnectionUse? last;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ConnectionUse.Sending(ref last);
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken);
        if (count > 0) Volatile.Read(ref last)?.Answered();
        return count;
    }
}

/// <summary>A connection with TLS that notes its use. The messages of TLS itself are no response.</summary>
internal sealed class FollowedTlsConnection(Stream inner) : SslStream(inner)
{
    private ConnectionUse? last;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ConnectionUse.Sending(ref last);
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken);
        if (count > 0) Volatile.Read(ref last)?.Answered();
        return count;
    }
}
