using MessagingServices.Domain;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Server.Carriers;

/// <summary>
/// A message that the simulated carrier has on its way: the next report it will make. The row is the carrier's memory: a message handed
/// over twice is on its way once.
/// </summary>
public sealed class CarrierDelivery
{
    /// <summary>The message.</summary>
    public Sid MessageSid { get; init; }

    /// <summary>What the next report says.</summary>
    public MessageStatus NextStatus { get; init; }

    /// <summary>When it is made, on the emulator's clock.</summary>
    public DateTimeOffset Due { get; init; }
}
