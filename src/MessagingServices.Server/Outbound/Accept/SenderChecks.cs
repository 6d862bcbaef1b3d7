using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Selection;
using MessagingServices.Server.Outbound.Throughput;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>What Twilio checks about a message's senders before it answers.</summary>
internal sealed class SenderChecks(
    IDbContextFactory<MessagingDb> databases, ComplianceOptions compliance, ThroughputOptions throughput, EmulatorClock clock)
{
    /// <summary>Finds the sender for where RCS does not reach; null when the message names none.</summary>
    /// <exception cref="TwilioException">21664 to 21667.</exception>
    public async Task<PoolSender?> FindFallbackAsync(NewMessage draft, RecipientAddress recipient, CancellationToken cancellation)
    {
        if (draft.FallbackFrom is not { } fallbackFrom) return null;
        if (draft.MessagingServiceSid is not { } service) throw new TwilioException(MessagingError.FallbackWithoutService.ToApiError());
        if (draft.From is not null) throw new TwilioException(MessagingError.FallbackWithFrom.ToApiError());
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.FindFallbackAsync(draft.AccountSid, service, fallbackFrom, recipient.Country, cancellation);
    }

    /// <summary>Finds the sender that the message names in <c>From</c>; it is the account's and reaches the recipient.</summary>
    /// <param name="draft">The message.</param>
    /// <param name="from">The sender.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="refusesOptedOut">Whether a recipient who has opted out is a reason to refuse, or the message is taken and fails later.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TwilioException">21212, 21266, 21606, 21610, 21611, 21612, 21621, 21659, 21910, 63007.</exception>
    public async Task<PoolSender> FindNamedAsync(
        NewMessage draft, string from, RecipientAddress recipient, bool refusesOptedOut, CancellationToken cancellation)
    {
        var address = SenderAddress.Parse(from) ?? throw new TwilioException(MessagingError.InvalidFrom.ToApiError(from));
        if (SenderReach.Mismatch(address, recipient) is { } mismatch) throw new TwilioException(mismatch);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var sender = await db.FindSenderAsync(draft.AccountSid, address, recipient.Country, cancellation) ?? throw new TwilioException(
            address.Channel == Channel.Sms ? MessagingError.FromNotUsable.ToApiError(from) : MessagingError.UnknownChannelFrom.ToApiError());
        if (SenderReach.ApiError(sender, recipient, draft.IsMms) is { } refusal) throw new TwilioException(refusal);
        if (refusesOptedOut && await HasOptedOutAsync(db, draft, sender, recipient, cancellation)) throw new TwilioException(MessagingError.OptedOut.ToApiError());
        // Through a Messaging Service the message is taken and fails later, with 30001.
        if (throughput.Simulate && draft.MessagingServiceSid is null
            && (await SendSchedule.ReadAsync(db, throughput.Rates, [(draft.AccountSid, address.Value)], cancellation))
                .IsFull(draft.AccountSid, address, recipient.Country, draft.IsMms, clock.GetUtcNow()))
            throw new TwilioException(MessagingError.SenderQueueFull.ToApiError());
        return sender;
    }

    private static Task<bool> HasOptedOutAsync(
        MessagingDb db, NewMessage draft, PoolSender sender, RecipientAddress recipient, CancellationToken cancellation)
    {
        var (account, number, group) = (draft.AccountSid, recipient.Number.E164, OptOut.GroupOf(recipient.Channel));
        string[] scopes = [sender.Address, (draft.MessagingServiceSid ?? sender.MessagingServiceSid).Value];
        return db.OptOuts.AnyAsync(
            o => o.Recipient == number && o.AccountSid == account && o.Channel == group && scopes.Contains(o.Scope), cancellation);
    }

    /// <summary>Selects a sender for a message through a Messaging Service as the pipeline would now; nothing is used or remembered.</summary>
    /// <exception cref="TwilioException">21701 when the account has no such Messaging Service, or no longer.</exception>
    public async Task<SenderChoice> TrySelectAsync(
        NewMessage draft, RecipientAddress recipient, PoolSender? fallback, CancellationToken cancellation)
    {
        var question = new SelectionInput(
            draft.AccountSid, draft.MessagingServiceSid!.Value, recipient, draft.Body, draft.IsMms, fallback?.Address);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var context = await SelectionContext.ReadAsync(db, compliance, question, cancellation);
        if (context.ServiceOf(question) is null) throw new TwilioException(MessagingError.UnknownService.ToApiError());
        var turns = throughput.Simulate ? await SendSchedule.ReadAsync(db, throughput.Rates, context.SendersFor([]), cancellation) : null;
        return context.Select(question, turns?.WaitingFor(recipient.Country, clock.GetUtcNow())).Choice;
    }
}
