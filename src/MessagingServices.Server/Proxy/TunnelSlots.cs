namespace MessagingServices.Server.Proxy;

/// <summary>Limits the tunnels that are open at once.</summary>
internal sealed class TunnelSlots(ProxyOptions options)
{
    private int taken;

    /// <summary>Takes a slot; false if all are taken.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref taken) <= options.MaxTunnels) return true;
        Release();
        return false;
    }

    /// <summary>Gives a slot back.</summary>
    public void Release() => Interlocked.Decrement(ref taken);
}
