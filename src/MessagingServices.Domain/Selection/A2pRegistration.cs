using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Requires an A2P campaign of the Messaging Service for long codes to recipients in the US, where registration is
/// enforced. Toll-free numbers and short codes need none. Source: https://www.twilio.com/docs/api/errors/21703 (with an
/// explicit sender: 30034). Twilio does not say whether Canadian numbers need one; here they do.
/// </summary>
public static class A2pRegistration
{
    internal static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.RegisteredServices is not { } registered) return null;
        if (!senders.Has(SenderType.LongCode) || request.Country != "US") return null;
        return RuleOutcome.Where(senders,
            sender => !IsNeeded(sender.Type, request.Country) || registered.Contains(sender.MessagingServiceSid),
            _ => "not in a registered A2P campaign",
            "Recipients in the US need a number in a registered A2P campaign.");
    }

    /// <summary>Whether a sender of this type needs a campaign to reach the recipient.</summary>
    public static bool IsNeeded(SenderType type, string? recipientCountry) =>
        type == SenderType.LongCode && recipientCountry == "US";
}
