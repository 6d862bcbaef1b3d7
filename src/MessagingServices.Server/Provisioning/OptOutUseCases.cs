using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes an application's settings of opt-outs: a Messaging Service's own keywords, and consents.</summary>
internal sealed class OptOutUseCases(MessagingDb db, EmulatorClock clock)
{
    /// <summary>
    /// Changes a Messaging Service's own keywords and replies; null when the account has no such Messaging Service. All
    /// servers use them at once.
    /// </summary>
    /// <exception cref="TwilioException">The error that <paramref name="change"/> returns; nothing is changed
    /// then.</exception>
    public Task<AdvancedOptOut?> UpdateKeywordsAsync(
        Sid account, Sid service, Func<AdvancedOptOut, ApiError?> change,
        CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockAsync<MessagingService>(account, service, cancellation) is null) return null;
            var settings = await db.AdvancedOptOuts
                .SingleOrDefaultAsync(present => present.MessagingServiceSid == service, cancellation);
            if (settings is null) db.Add(settings = new(service));
            if (change(settings) is { } error) throw new TwilioException(error);
            await db.SaveChangesAsync(cancellation);
            return settings;
        }, cancellation);

    /// <summary>
    /// Opts recipients in or out as the application says, all in one transaction. A consent overrides earlier keywords;
    /// a later keyword overrides the consent. Of several items about one recipient and one sender, the last one counts.
    /// </summary>
    /// <returns>The errors of each item, in the order of the items; empty for each item that was recorded.</returns>
    public Task<IReadOnlyList<IReadOnlyList<string>>> RecordConsentsAsync(
        Sid account, IReadOnlyList<ConsentItem> items, CancellationToken cancellation) =>
        db.InTransactionAsync<IReadOnlyList<IReadOnlyList<string>>>(
            async () =>
            {
                var read = items.Select(Consent.Read).ToList();
                var valid = read.Select(row => row.Consent).OfType<Consent>().ToList();
                await db.LockServicesAsync(
                    account, valid.Select(consent => consent.Service).OfType<Sid>().Distinct(), cancellation);
                var known = await FindSendersAsync(account, valid, cancellation);
                Dictionary<(string Recipient, Channel Group, string Scope), Consent> last = [];
                foreach (var consent in valid.Where(consent => known.Contains(consent.Scope)))
                    last[(consent.Contact.Handset, consent.Group, consent.Scope)] = consent;
                await db.LockOptOutsAsync(account, cancellation);
                await db.SaveConsentsAsync(account, [.. last.Values], clock.Now(account), cancellation);
                return [.. read.Select(row => row.Consent is { } consent && !known.Contains(consent.Scope)
                    ? [Consent.InvalidSender]
                    : row.Errors)];
            }, cancellation);

    /// <summary>The SIDs and addresses, of those in the consents, that the account has.</summary>
    private async Task<HashSet<string>> FindSendersAsync(
        Sid account, IReadOnlyList<Consent> consents, CancellationToken cancellation)
    {
        var services = consents.Select(consent => consent.Service).OfType<Sid>().Distinct().ToList();
        var addresses = consents.Select(consent => consent.Sender?.Value).OfType<string>().Distinct().ToList();
        HashSet<string> found = [];
        if (services.Count > 0)
        {
            found.UnionWith((await db.MessagingServices
                .Where(service => service.AccountSid == account && services.Contains(service.Sid))
                .Select(service => service.Sid).ToListAsync(cancellation)).Select(sid => sid.Value));
        }

        if (addresses.Count == 0) return found;
        found.UnionWith(await db.PhoneNumbers
            .Where(number => number.AccountSid == account && addresses.Contains(number.Number))
            .Select(number => number.Number).ToListAsync(cancellation));
        found.UnionWith(await db.ShortCodes
            .Where(code => code.AccountSid == account && addresses.Contains(code.Code))
            .Select(code => code.Code).ToListAsync(cancellation));
        found.UnionWith(await db.ChannelSenders
            .Where(sender => sender.AccountSid == account && addresses.Contains(sender.SenderId))
            .Select(sender => sender.SenderId).ToListAsync(cancellation));
        return found;
    }
}
