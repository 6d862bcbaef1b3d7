using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>US carriers take messages from ten-digit numbers only when the number's Messaging Service has an A2P campaign.</summary>
internal static class UnregisteredNumbers
{
    /// <summary>The messages to the US whose number is in no pool with a campaign: they fail with 30034.</summary>
    public static async Task<HashSet<Sid>> FindUnregisteredAsync(this MessagingDb db, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        var concerned = messages.Where(message => SenderAddress.Parse(message.From!) is { } sender
            && A2pRegistration.IsNeeded(sender.Type, RecipientAddress.Parse(message.To).Address?.Country)).ToList();
        if (concerned.Count == 0) return [];
        var numbers = concerned.Select(message => message.From!).Distinct().ToList();
        var accounts = concerned.Select(message => message.AccountSid).Distinct().ToList();
        var registered = await db.PoolSenders
            .Where(sender => accounts.Contains(sender.AccountSid) && numbers.Contains(sender.Address)
                && db.A2pCampaigns.Any(campaign => campaign.MessagingServiceSid == sender.MessagingServiceSid))
            .Select(sender => new { sender.AccountSid, sender.Address }).ToListAsync(cancellation);
        var known = registered.Select(sender => (sender.AccountSid, sender.Address)).ToHashSet();
        return [.. concerned.Where(message => !known.Contains((message.AccountSid, message.From!))).Select(message => message.Sid)];
    }
}
