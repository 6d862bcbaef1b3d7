using MessagingServices.Domain;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Server.Carriers;

/// <summary>Takes messages to handsets and reports on them later.</summary>
public interface ICarrier
{
    /// <summary>Takes messages over. Keyed by the message's SID: one that the carrier has already is not taken again.</summary>
    Task SubmitAsync(IReadOnlyList<CarrierSubmission> submissions, CancellationToken cancellation);
}

/// <summary>A message handed to the carrier.</summary>
/// <param name="Message">The message, with its sender.</param>
/// <param name="Date">When it is handed over.</param>
public sealed record CarrierSubmission(Message Message, DateTimeOffset Date)
{
    /// <summary>The key by which the carrier knows a repeat.</summary>
    public Sid MessageSid => Message.Sid;
}
