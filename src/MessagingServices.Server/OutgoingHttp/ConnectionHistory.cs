using System.Runtime.CompilerServices;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>What was sent on one connection, and answered. HTTP/1.1 has one request at a time on it.</summary>
internal sealed class ConnectionHistory
{
    private ConnectionUse? last;

    /// <summary>Notes that the current request is sent.</summary>
    public void Sending()
    {
        if (ConnectionUse.Current is not { } use) return;
        // Sent in parts. But after an answer it is sent again, with the credentials that the answer asks for.
        if (use == last && !use.IsAnswered) return;
        use.Sent(reused: last is not null);
        Volatile.Write(ref last, use);
    }

    /// <summary>Notes what a read returns. It answers the last request, though it may have begun before that.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceivingAsync(ValueTask<int> read)
    {
        var count = await read;
        if (count > 0) Volatile.Read(ref last)?.Answered();
        return count;
    }
}
