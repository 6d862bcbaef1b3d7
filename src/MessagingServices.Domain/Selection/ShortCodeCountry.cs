using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Removes short codes of other countries than the recipient's. Source: https://www.twilio.com/docs/api/errors/21703.
/// </summary>
internal static class ShortCodeCountry
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders) =>
        !senders.Has(SenderType.ShortCode) ? null
        : RuleOutcome.Where(senders, sender => sender.Type != SenderType.ShortCode || sender.Country == request.Country,
            sender => $"a short code of {sender.Country}, unknown in {request.CountryName}",
            "Short codes reach their own country only.");
}
