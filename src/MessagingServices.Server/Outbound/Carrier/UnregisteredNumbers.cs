using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Finds messages that break the A2P rule: US carriers accept a message from a ten-digit number only when the number's
/// Messaging Service has an A2P campaign.
/// </summary>
internal static class UnregisteredNumbers
{
    /// <summary>
    /// Returns the messages to the US whose number is in no pool with a campaign. They fail with 30034.
    /// </summary>
    public static async Task<HashSet<Sid>> FindUnregisteredAsync(
        this MessagingDb db, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        var affected = messages.Where(message => SenderAddress.Parse(message.From!) is { } sender
            && A2pRegistration.IsNeeded(sender.Type, RecipientAddress.Parse(message.To).Address?.Country)).ToList();
        if (affected.Count == 0) return [];
        var numbers = affected.Select(message => message.From!).Distinct().ToList();
        var accounts = affected.Select(message => message.AccountSid).Distinct().ToList();
        var registered = await db.PoolSenders
            .Where(sender => accounts.Contains(sender.AccountSid) && numbers.Contains(sender.Address)
                && db.A2pCampaigns.Any(campaign => campaign.MessagingServiceSid == sender.MessagingServiceSid))
            .Select(sender => new { sender.AccountSid, sender.Address }).ToListAsync(cancellation);
        var registeredNumbers = registered.Select(sender => (sender.AccountSid, sender.Address)).ToHashSet();
        return
        [
            .. affected.Where(message => !registeredNumbers.Contains((message.AccountSid, message.From!)))
                .Select(message => message.Sid),
        ];
    }
}
