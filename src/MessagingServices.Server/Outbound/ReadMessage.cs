using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>The recipient reads a message: its handset reports it.</summary>
internal sealed class ReadMessage(
    MessagingDb requests, MessageTransactions transactions, OwnedMessages memory, Polling polling, EmulatorClock clock)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns the read message; null when the account has no such message.</summary>
    /// <exception cref="TwilioException">20001 when it was not sent by WhatsApp or RCS, or has no status that reading
    /// can follow; 20503 when a server still has the message in its memory.</exception>
    public async Task<Message?> ReadAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var message = await requests.Messages.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Sid == sid && m.AccountSid == account, cancellation);
        if (message is null || message.Status == MessageStatus.Read) return message;
        if (message.ForNextChange().ReadByRecipient(clock.Now(message.AccountSid)).ApiError is { } refused)
            throw new TwilioException(refused);
        // Callbacks of a message in memory go from there. The new one must not overtake them.
        memory.Release([sid]);
        var isInMemory = await polling.UntilAsync(
            cancelled => requests.OwnedMessages.AnyAsync(entry => entry.MessageSid == sid, cancelled),
            owned => !owned, MaxWait, Pause, cancellation);
        if (isInMemory)
            throw new TwilioException(new(MessagingError.Unavailable, "The message is still on its way: try again"));
        return await ChangeAsync(sid, cancellation);
    }

    private async Task<Message?> ChangeAsync(Sid sid, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        await work.Db.LockDeliveryAsync(sid, cancellation);
        var message = (await work.Db.LockMessagesAsync([sid], cancellation)).SingleOrDefault();
        if (message is null || message.Status == MessageStatus.Read) return message;
        var was = message.Status;
        var (callback, error) = message.ReadByRecipient(clock.Now(message.AccountSid));
        if (error is not null) throw new TwilioException(error);
        work.Batch.Move(message, was, callback);
        // The carrier has nothing more to report.
        work.Batch.Part<CarrierRows>().Remove(sid);
        await work.CommitAsync(cancellation);
        return message;
    }
}
