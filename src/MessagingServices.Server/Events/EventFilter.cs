namespace MessagingServices.Server.Events;

/// <summary>The events that a client wants.</summary>
/// <param name="Types">Their types.</param>
/// <param name="MessagingServiceSid">
/// Only those of this Messaging Service; null for all. Events of the whole account belong to every Messaging Service.
/// </param>
internal sealed record EventFilter(EventTypes Types, Sid? MessagingServiceSid)
{
    private const EventTypes OfAccount =
        EventTypes.ClockUpdated | EventTypes.RuleUpdated | EventTypes.AccountUpdated | EventTypes.Reset;

    /// <summary>Whether the client wants an event.</summary>
    public bool Wants(Change change) => (Types & change.Type) != 0 && (MessagingServiceSid is not { } service
        || (OfAccount & change.Type) != 0 || change.MessagingServiceSid == service);
}
