using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>Gives an account a content template.</summary>
internal sealed class CreateContentTemplate(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates; messages can be sent with it from now on.</summary>
    /// <param name="account">Who will own it.</param>
    /// <param name="make">Makes the template of its SID and the time.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ContentTemplate> CreateAsync(
        Sid account, Func<Sid, Sid, DateTimeOffset, ContentTemplate> make, CancellationToken cancellation)
    {
        var template = make(sids.New(SidPrefix.ContentTemplate), account, clock.GetUtcNow());
        db.Add(template);
        await db.SaveChangesAsync(cancellation);
        return template;
    }
}
