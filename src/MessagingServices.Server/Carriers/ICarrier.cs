using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;

namespace MessagingServices.Server.Carriers;

/// <summary>Takes messages to handsets and reports on them later.</summary>
public interface ICarrier
{
    /// <summary>Takes messages over. Keyed by the message's SID: one that the carrier has already is not taken again.</summary>
    Task SubmitAsync(IReadOnlyList<CarrierSubmission> submissions, CancellationToken cancellation);

    /// <summary>
    /// Takes up to <paramref name="limit"/> reports that are due, the longest due first. Nobody else gets them until the transaction that
    /// is open on <paramref name="db"/> ends; those neither applied nor dropped by then are due again.
    /// </summary>
    Task<IReadOnlyList<CarrierReport>> TakeReportsAsync(MessagingDb db, DateTimeOffset now, int limit, CancellationToken cancellation);
}

/// <summary>A message handed to the carrier.</summary>
/// <param name="Message">The message, with its sender.</param>
/// <param name="Date">When it is handed over.</param>
public sealed record CarrierSubmission(Message Message, DateTimeOffset Date)
{
    /// <summary>The key by which the carrier knows a repeat.</summary>
    public Sid MessageSid => Message.Sid;
}

/// <summary>What the carrier has to say of a message.</summary>
/// <param name="MessageSid">The message.</param>
/// <param name="Status">The status that it has reached.</param>
/// <param name="ErrorCode">Why; exactly for failed and undelivered messages.</param>
/// <param name="Due">When it reached it, on the emulator's clock.</param>
public abstract record CarrierReport(Sid MessageSid, MessageStatus Status, int? ErrorCode, DateTimeOffset Due)
{
    /// <summary>The message got its new status at <paramref name="now"/>: written with the batch, the carrier goes on from there.</summary>
    public abstract void Applied(MessageBatch batch, DateTimeOffset now);

    /// <summary>The message is gone or elsewhere: written with the batch, the carrier forgets it.</summary>
    public abstract void Dropped(MessageBatch batch);
}
