using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes a Messaging Service's own keywords and replies. It holds at once, on every server.</summary>
internal sealed class UpdateAdvancedOptOut(MessagingDb db)
{
    /// <summary>Changes; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">What <paramref name="change"/> refuses; nothing is changed then.</exception>
    public Task<AdvancedOptOut?> UpdateAsync(Sid account, Sid service, Func<AdvancedOptOut, ApiError?> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
                var settings = await db.AdvancedOptOuts.SingleOrDefaultAsync(present => present.MessagingServiceSid == service, cancellation);
                if (settings is null) db.Add(settings = new(service));
                if (change(settings) is { } refusal) throw new TwilioException(refusal);
                await db.SaveChangesAsync(cancellation);
                return settings;
            }, cancellation);
}
