using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Takes a content template from its account; messages that were sent with it keep what they say.</summary>
internal sealed class DeleteContentTemplate(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such template.</summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await db.ContentTemplates.Where(template => template.Sid == sid && template.AccountSid == account).ExecuteDeleteAsync(cancellation) == 1;
}
