namespace MessagingServices.Server.Engine;

/// <summary>
/// Takes a message that cannot be moved out of the queue or memory where it waits, so that it does not hold up the
/// others. The message fails with 30008, or is undelivered when it was sent. A message that cannot even be written
/// keeps its status.
/// </summary>
internal sealed partial class Quarantine(
    MessageTransactions transactions, EmulatorClock clock, ILogger<Quarantine> logger)
{
    /// <summary>Quarantines a message, unless another server has moved it since.</summary>
    /// <param name="holder">Where the message waits.</param>
    /// <param name="message">The message.</param>
    /// <param name="failure">Why it cannot be moved.</param>
    public async Task AddAsync(IMessageHolder holder, Sid message, Exception failure)
    {
        LogQuarantined(message, holder.Name, failure);
        try
        {
            await EndAsync(holder, message, fails: true);
        }
        catch (Exception again) when (!DatabaseErrors.IsTransient(again))
        {
            LogNotFailed(message, again);
            await EndAsync(holder, message, fails: false);
        }
    }

    private async Task EndAsync(IMessageHolder holder, Sid sid, bool fails)
    {
        await using var work = await transactions.BeginAsync(CancellationToken.None);
        if (!await holder.LockIfWaitingAsync(work.Db, sid, CancellationToken.None)) return;
        if (fails
            && (await work.Db.LockMessagesAsync([sid], CancellationToken.None)).SingleOrDefault() is { } message
            && MessageStatuses.Next[message.Status].Intersect([MessageStatus.Failed, MessageStatus.Undelivered])
                .ToList() is [var end])
            work.Batch.Move(message, message.Status,
                message.TransitionTo(end, clock.Now(message.AccountSid), MessagingError.UnknownFailure.Code));
        holder.Remove(work.Batch, sid);
        await work.CommitAsync(CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Message {Message} is quarantined: it cannot be moved from {Holder}")]
    private partial void LogQuarantined(Sid message, string holder, Exception failure);

    [LoggerMessage(
        LogLevel.Error, "Message {Message} is quarantined and keeps its status, because it cannot be written")]
    private partial void LogNotFailed(Sid message, Exception failure);
}
