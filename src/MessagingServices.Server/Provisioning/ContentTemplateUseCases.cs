using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates and deletes content templates.</summary>
internal sealed class ContentTemplateUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Gives an account a content template.</summary>
    /// <param name="account">The account that gets it.</param>
    /// <param name="create">Creates the template from its SID, the account and the time.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<ContentTemplate> CreateAsync(
        Sid account, Func<Sid, Sid, DateTimeOffset, ContentTemplate> create, CancellationToken cancellation)
    {
        var template = create(sids.New(SidPrefix.ContentTemplate), account, clock.GetUtcNow());
        db.Add(template);
        await db.SaveChangesAsync(cancellation);
        return template;
    }

    /// <summary>
    /// Deletes a template; false when the account has no such template. Messages that were sent with it keep their text
    /// and media.
    /// </summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await db.ContentTemplates.Where(template => template.Sid == sid && template.AccountSid == account)
            .ExecuteDeleteAsync(cancellation) == 1;
}
