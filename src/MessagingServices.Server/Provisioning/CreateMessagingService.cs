using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates a Messaging Service, its sender pool empty.</summary>
internal sealed class CreateMessagingService(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates.</summary>
    /// <param name="account">Who will own it.</param>
    /// <param name="friendlyName">A name for people, at most 64 characters.</param>
    /// <param name="configure">Sets what shall differ from the defaults.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<MessagingService> CreateAsync(
        Sid account, string friendlyName, Action<MessagingService> configure, CancellationToken cancellation)
    {
        var service = new MessagingService(sids.New(SidPrefix.MessagingService), account, friendlyName, clock.GetUtcNow());
        configure(service);
        db.Add(service);
        await db.SaveChangesAsync(cancellation);
        return service;
    }
}
