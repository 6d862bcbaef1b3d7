using MessagingServices.Server.Provisioning;

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
        var registered = await db.FindWithCampaignAsync(
            [.. affected.Select(message => (message.AccountSid, message.From!)).Distinct()], cancellation);
        return
        [
            .. affected.Where(message => !registered.Contains((message.AccountSid, message.From!)))
                .Select(message => message.Sid),
        ];
    }
}
