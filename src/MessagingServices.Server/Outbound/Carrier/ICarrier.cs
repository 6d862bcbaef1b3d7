using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Takes messages to handsets and reports on them later.</summary>
internal interface ICarrier
{
    /// <summary>
    /// Takes messages over, within the transaction in which they become <c>sending</c>: they are on their way exactly when it commits.
    /// Keyed by the message's SID: one that the carrier has already is not taken again.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="submissions">The messages.</param>
    /// <param name="rules">The rules for them, locked in this transaction.</param>
    /// <param name="cancellation">Gives it up.</param>
    Task SubmitAsync(
        MessageTransaction work, IReadOnlyList<CarrierSubmission> submissions, CarrierRules rules, CancellationToken cancellation);

    /// <summary>
    /// Takes up to <paramref name="limit"/> reports that are due, the longest due first. Nobody else gets them until the transaction that
    /// is open on <paramref name="db"/> ends; those neither applied nor dropped by then are due again.
    /// </summary>
    Task<IReadOnlyList<CarrierReport>> TakeReportsAsync(MessagingDb db, DateTimeOffset now, int limit, CancellationToken cancellation);
}

/// <summary>A message handed to the carrier.</summary>
/// <param name="Message">The message, with its sender.</param>
/// <param name="Date">When it is handed over.</param>
internal sealed record CarrierSubmission(Message Message, DateTimeOffset Date)
{
    /// <summary>The key by which the carrier knows a repeat.</summary>
    public Sid MessageSid => Message.Sid;
}

/// <summary>What the carrier has to say of a message.</summary>
/// <param name="MessageSid">The message.</param>
/// <param name="Status">The status that it has reached.</param>
/// <param name="ErrorCode">Why; exactly for failed and undelivered messages.</param>
/// <param name="Due">When it reached it, on the emulator's clock.</param>
internal abstract record CarrierReport(Sid MessageSid, MessageStatus Status, int? ErrorCode, DateTimeOffset Due)
{
    /// <summary>The message got its new status: written with the batch, the carrier goes on from there.</summary>
    /// <param name="batch">What is written.</param>
    /// <param name="now">The emulator's time.</param>
    /// <returns>The next report on the message, when that is due already; it is to be applied or dropped too.</returns>
    public abstract CarrierReport? Applied(WriteBatch batch, DateTimeOffset now);

    /// <summary>The message is gone or elsewhere: written with the batch, the carrier forgets it.</summary>
    public abstract void Dropped(WriteBatch batch);
}
