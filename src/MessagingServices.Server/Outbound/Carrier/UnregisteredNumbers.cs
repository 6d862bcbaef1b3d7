using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Finds messages that break the rules of registration: carriers accept a message to the US from a ten-digit number
/// only when the number's Messaging Service has a verified A2P campaign, and a message to the US and Canada from a
/// toll-free number only when the number is verified.
/// </summary>
internal static class UnregisteredNumbers
{
    /// <summary>
    /// The messages that carriers refuse, and why: 30034 for a number in no verified campaign, 30033 for one in a
    /// suspended campaign, 30007 where the brand has not proved who it is, 30032 for a toll-free number that is not
    /// verified.
    /// </summary>
    public static async Task<Dictionary<Sid, MessagingError>> FindRefusedAsync(
        this MessagingDb db, IEnumerable<Message> messages, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation)
    {
        List<(Sid Message, (Sid Account, string Address) Number)> longCodes = [], tollFree = [];
        foreach (var message in messages)
        {
            if (SenderAddress.Parse(message.From!) is not { } sender) continue;
            var country = RecipientAddress.Parse(message.To).Address?.Country;
            var row = (message.Sid, (message.AccountSid, message.From!));
            if (A2pRegistration.IsNeeded(sender.Type, country)) longCodes.Add(row);
            if (TollFreeVerified.IsNeeded(sender.Type, country)) tollFree.Add(row);
        }

        Dictionary<Sid, MessagingError> refused = [];
        if (longCodes.Count > 0)
        {
            var standings = await db.FindStandingsAsync(
                [.. longCodes.Select(row => row.Number).Distinct()], now, cancellation);
            foreach (var (sid, number) in longCodes)
            {
                if (ErrorOf(standings.GetValueOrDefault(number, CampaignStanding.None)) is { } error)
                    refused.Add(sid, error);
            }
        }

        var verified = await db.FindVerifiedTollFreeAsync(
            [.. tollFree.Select(row => row.Number).Distinct()], now, cancellation);
        foreach (var (sid, number) in tollFree)
            if (!verified.Contains(number)) refused.Add(sid, MessagingError.TollFreeNotVerified);
        return refused;
    }

    private static MessagingError? ErrorOf(CampaignStanding standing) => standing switch
    {
        CampaignStanding.Registered => null,
        CampaignStanding.Filtered => MessagingError.Filtered,
        CampaignStanding.Suspended => MessagingError.SuspendedCampaign,
        CampaignStanding.NotVerified or CampaignStanding.Mock or CampaignStanding.None =>
            MessagingError.UnregisteredNumber,
    };
}
