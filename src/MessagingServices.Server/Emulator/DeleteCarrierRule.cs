using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Takes a carrier rule from its account; what it has decided for messages on their way stays.</summary>
internal sealed class DeleteCarrierRule(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such rule.</summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await db.CarrierRules.Where(rule => rule.Sid == sid && rule.AccountSid == account).ExecuteDeleteAsync(cancellation) == 1;
}
