using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Requires a verification for toll-free numbers to recipients in the US and Canada, where it is enforced. If no sender
/// is left, the error is 30032. Source: https://www.twilio.com/docs/api/errors/30032.
/// </summary>
public static class TollFreeVerified
{
    internal static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.VerifiedTollFree is not { } verified) return null;
        if (!senders.Has(SenderType.TollFree) || !request.IsUsOrCanada) return null;
        return RuleOutcome.Where(senders,
            sender => !IsNeeded(sender.Type, request.Country) || verified.Contains(sender.Address),
            _ => "a toll-free number that is not verified",
            "Recipients in the US and Canada need a verified toll-free number.");
    }

    /// <summary>Whether a sender of this type needs a verification to reach the recipient.</summary>
    public static bool IsNeeded(SenderType type, string? recipientCountry) =>
        type == SenderType.TollFree && NorthAmericanReach.IsUsOrCanada(recipientCountry);
}
