using MessagingServices.Domain.Compliance;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Requires a verified A2P campaign of the Messaging Service for long codes to recipients in the US, where registration
/// is enforced. Toll-free numbers and short codes need none. Source: https://www.twilio.com/docs/api/errors/21703 (with
/// an explicit sender: 30034). Twilio does not say whether Canadian numbers need one; here they do.
/// </summary>
public static class A2pRegistration
{
    private const string Unproved =
        "The owner of a sole proprietor brand has not confirmed the one-time password: carriers filter the messages of "
        + "its numbers (30007).";

    internal static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.RegisteredServices is not { } registered) return null;
        if (!senders.Has(SenderType.LongCode) || request.Country != "US") return null;
        return RuleOutcome.Where(senders,
            sender => !IsNeeded(sender.Type, request.Country) || registered.Contains(sender.MessagingServiceSid),
            Why,
            "Recipients in the US need a number in a registered A2P campaign.")
            .Warn(senders.Any(sender => StandingOf(sender) == CampaignStanding.Filtered) ? Unproved : null);

        CampaignStanding StandingOf(PoolSender sender) => sender.Type != SenderType.LongCode ? CampaignStanding.None
            : request.CampaignStandings.GetValueOrDefault(sender.MessagingServiceSid, CampaignStanding.None);

        string Why(PoolSender sender) => StandingOf(sender) switch
        {
            CampaignStanding.Suspended => "its A2P campaign is suspended",
            CampaignStanding.NotVerified => "its A2P campaign is not verified",
            CampaignStanding.Mock => "its A2P campaign belongs to a mock brand",
            CampaignStanding.None or CampaignStanding.Registered or CampaignStanding.Filtered =>
                "not in a registered A2P campaign",
        };
    }

    /// <summary>Whether a sender of this type needs a campaign to reach the recipient.</summary>
    public static bool IsNeeded(SenderType type, string? recipientCountry) =>
        type == SenderType.LongCode && recipientCountry == "US";
}
