using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Selection;
using MessagingServices.Server.Outbound.Throughput;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>The checks of a message's senders that Twilio makes before it responds.</summary>
internal sealed class SenderChecks(
    AcceptReads reads, ComplianceOptions compliance, ThroughputOptions throughput, EmulatorClock clock)
{
    /// <summary>Finds the sender for recipients without RCS; null when the message names none.</summary>
    /// <exception cref="TwilioException">21664 to 21667.</exception>
    public async Task<PoolSender?> FindFallbackAsync(
        OutboundMessage draft, RecipientAddress recipient, CancellationToken cancellation)
    {
        if (draft.FallbackFrom is not { } fallbackFrom) return null;
        if (draft.MessagingServiceSid is not { } service)
            throw new TwilioException(MessagingError.FallbackWithoutService.ToApiError());
        if (draft.From is not null) throw new TwilioException(MessagingError.FallbackWithFrom.ToApiError());
        await using var lease = await reads.OpenAsync(cancellation);
        var db = lease.Db;
        return await db.FindFallbackAsync(draft.AccountSid, service, fallbackFrom, recipient.Country, cancellation);
    }

    /// <summary>
    /// Finds the sender that the message names in <c>From</c>. It belongs to the account and can reach the recipient.
    /// </summary>
    /// <param name="from">The sender as the application wrote it.</param>
    /// <param name="rejectsOptedOut">
    /// Whether to fail for a recipient who has opted out. If false, the message is accepted and fails later.
    /// </param>
    /// <exception cref="TwilioException">21212, 21266, 21610, 21611, 21612, 21621, 21659, 21910,
    /// 63007.</exception>
    public async Task<PoolSender> FindNamedAsync(
        OutboundMessage draft, string from, RecipientAddress recipient, bool rejectsOptedOut,
            CancellationToken cancellation)
    {
        var address = SenderAddress.Parse(from)
            ?? throw new TwilioException(MessagingError.InvalidFrom.ToApiError(from));
        if (SenderReach.Mismatch(address, recipient) is { } mismatch) throw new TwilioException(mismatch);
        await using var lease = await reads.OpenAsync(cancellation);
        var db = lease.Db;
        var sender = await db.FindSenderAsync(draft.AccountSid, address, recipient.Country, cancellation)
            ?? throw new TwilioException(address.Channel == Channel.Sms
                ? MessagingError.UnusableFrom.ToApiError(from)
                : MessagingError.UnknownChannelFrom.ToApiError());
        if (SenderReach.ApiError(sender, recipient, draft.IsMms) is { } error) throw new TwilioException(error);
        if (rejectsOptedOut && await HasOptedOutAsync(db, draft, sender, recipient, cancellation))
            throw new TwilioException(MessagingError.OptedOut.ToApiError());
        // With a Messaging Service, Twilio accepts the message. It fails later, with 30001.
        if (throughput.Simulate && draft.MessagingServiceSid is null)
        {
            var schedule = await SendSchedule.ReadAsync(
                db, throughput.Rates, [(draft.AccountSid, address.Value)], clock.Now, cancellation);
            if (schedule.IsFull(draft.AccountSid, address, recipient.Country, draft.IsMms, clock.Now(draft.AccountSid)))
                throw new TwilioException(MessagingError.SenderQueueFull.ToApiError());
        }

        return sender;
    }

    private static Task<bool> HasOptedOutAsync(
        MessagingDb db, OutboundMessage draft, PoolSender sender, RecipientAddress recipient,
        CancellationToken cancellation)
    {
        var (account, number, group) = (draft.AccountSid, recipient.Handset, OptOut.GroupOf(recipient.Channel));
        string[] scopes = [sender.Address, (draft.MessagingServiceSid ?? sender.MessagingServiceSid).Value];
        return db.OptOuts.AnyAsync(
            o => o.Recipient == number && o.AccountSid == account && o.Channel == group && scopes.Contains(o.Scope),
            cancellation);
    }

    /// <summary>
    /// Selects a sender for a message with a Messaging Service, as the pipeline would now. It changes nothing: no last
    /// use, no sticky sender.
    /// </summary>
    /// <exception cref="TwilioException">21701 when the account has no such Messaging Service, or no
    /// longer.</exception>
    public async Task<SenderChoice> TrySelectAsync(
        OutboundMessage draft, RecipientAddress recipient, PoolSender? fallback, CancellationToken cancellation)
    {
        var input = new SelectionInput(
            draft.AccountSid, draft.MessagingServiceSid!.Value, recipient, draft.Body, draft.IsMms, fallback?.Address);
        await using var lease = await reads.OpenAsync(cancellation);
        var context = await SelectionContext.ReadAsync(
            lease.Db, compliance.EnforcedAt(clock.Now), input, cancellation);
        if (context.ServiceOf(input) is null) throw new TwilioException(MessagingError.UnknownService.ToApiError());
        var schedule = throughput.Simulate
            ? await SendSchedule.ReadAsync(
                lease.Db, throughput.Rates, context.SendersFor([]), clock.Now, cancellation)
            : null;
        return context.Select(input, schedule?.WaitingFor(recipient.Country, clock.Now(draft.AccountSid))).Choice;
    }
}
