using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Opts recipients in or out as the application says, all in one transaction. That wins over keywords; a later keyword wins over it. Items that
/// are wrong are told and left out.
/// </summary>
internal sealed class RecordConsents(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Records what can be recorded; of several items about one recipient and one sender the last holds.</summary>
    /// <returns>What is wrong with each item, in their order; empty for those that were recorded.</returns>
    public Task<IReadOnlyList<IReadOnlyList<string>>> RecordAsync(Sid account, IReadOnlyList<ConsentItem> items, CancellationToken cancellation) =>
        db.InTransactionAsync<IReadOnlyList<IReadOnlyList<string>>>(
            async () =>
            {
                var read = items.Select(Consent.Read).ToList();
                var said = read.Select(row => row.Consent).OfType<Consent>().ToList();
                await db.LockServicesAsync(account, said.Select(consent => consent.Service).OfType<Sid>().Distinct(), cancellation);
                var known = await FindSendersAsync(account, said, cancellation);
                Dictionary<(string Recipient, Channel Group, string Scope), Consent> last = [];
                foreach (var consent in said.Where(consent => known.Contains(consent.Scope)))
                    last[(consent.Contact.Number.E164, consent.Group, consent.Scope)] = consent;
                await db.LockOptOutsAsync(account, cancellation);
                await db.SaveConsentsAsync(account, [.. last.Values], clock.GetUtcNow(), cancellation);
                return [.. read.Select(row => row.Consent is { } consent && !known.Contains(consent.Scope) ? [Consent.InvalidSender] : row.Errors)];
            }, cancellation);

    /// <summary>The SIDs and addresses of those that the account has.</summary>
    private async Task<HashSet<string>> FindSendersAsync(Sid account, IReadOnlyList<Consent> said, CancellationToken cancellation)
    {
        var services = said.Select(consent => consent.Service).OfType<Sid>().Distinct().ToList();
        var addresses = said.Select(consent => consent.Sender?.Value).OfType<string>().Distinct().ToList();
        HashSet<string> found = [];
        if (services.Count > 0)
        {
            found.UnionWith((await db.MessagingServices.Where(service => service.AccountSid == account && services.Contains(service.Sid))
                .Select(service => service.Sid).ToListAsync(cancellation)).Select(sid => sid.Value));
        }

        if (addresses.Count == 0) return found;
        found.UnionWith(await db.PhoneNumbers.Where(number => number.AccountSid == account && addresses.Contains(number.Number))
            .Select(number => number.Number).ToListAsync(cancellation));
        found.UnionWith(await db.ShortCodes.Where(code => code.AccountSid == account && addresses.Contains(code.Code))
            .Select(code => code.Code).ToListAsync(cancellation));
        found.UnionWith(await db.ChannelSenders.Where(sender => sender.AccountSid == account && addresses.Contains(sender.SenderId))
            .Select(sender => sender.SenderId).ToListAsync(cancellation));
        return found;
    }
}
