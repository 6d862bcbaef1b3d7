using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Prefers a number with the recipient's area code, then one with an overlay of it. Only for the US and Canada, if the
/// Messaging Service has it on. Toll-free numbers have no area code. Source:
/// https://www.twilio.com/docs/messaging/services#area-code-geomatch. It runs after country geomatch, so a US recipient
/// gets a Canadian number only from a pool without US numbers. Twilio does not define this order.
/// </summary>
internal static class AreaCodeGeomatch
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (!request.AreaCodeGeomatch || !request.IsUsOrCanada
            || senders.First.Type is not (SenderType.LongCode or SenderType.TollFree))
            return null;
        if (request.To.Number is not { IsTollFree: false, AreaCode: { } areaCode }) return null;
        if (senders.Any(IsExact))
            return RuleOutcome.Where(senders, IsExact, WhyNot,
                $"A number of the recipient's area code, {areaCode}, is preferred.");
        var overlays = AreaCodeOverlays.Of(areaCode);
        return overlays.Count > 0 && senders.Any(IsOverlay)
            ? RuleOutcome.Where(senders, IsOverlay, WhyNot,
                $"No number has the area code {areaCode}: one of an area code that overlays it is preferred.")
            : RuleOutcome.All(senders,
                $"No number has the area code {areaCode} or one that overlays it: any of those left.");

        bool IsExact(PoolSender sender) => sender.AreaCode == areaCode;

        bool IsOverlay(PoolSender sender) => sender.AreaCode is { } code && overlays.Contains(code);

        static string WhyNot(PoolSender sender) =>
            sender.AreaCode is { } code ? $"of the area code {code}" : "of no area code";
    }
}
