using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Puts one of the account's senders into the sender pool of a Messaging Service. A sender is in one pool at a time, and a pool holds at
/// most <see cref="PoolSender.MaxNumbers"/> phone numbers and short codes, however many callers add at once.
/// </summary>
internal sealed partial class AddSenderToPool(MessagingDb db, EmulatorClock clock, ILogger<AddSenderToPool> logger)
{
    /// <summary>Adds a phone number; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">21421, 21710, 21712, 21714, 21715.</exception>
    public Task<PoolSender?> AddPhoneNumberAsync(Sid account, Sid service, Sid phoneNumber, CancellationToken cancellation) => AddAsync(
        account, service, async () =>
        {
            var number = await db.LockPhoneNumberAsync(account, phoneNumber, cancellation)
                ?? throw new TwilioException(MessagingError.InvalidPhoneNumber.ToApiError(phoneNumber));
            return new(service, number, clock.GetUtcNow());
        }, cancellation);

    /// <summary>Adds a short code; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">21421, 21710, 21712, 21714.</exception>
    public Task<PoolSender?> AddShortCodeAsync(Sid account, Sid service, Sid shortCode, CancellationToken cancellation) => AddAsync(
        account, service, async () =>
        {
            var code = await db.LockShortCodeAsync(account, shortCode, cancellation)
                ?? throw new TwilioException(MessagingError.InvalidPhoneNumber.ToApiError(shortCode));
            return new(service, code, clock.GetUtcNow());
        }, cancellation);

    /// <summary>Adds a WhatsApp or RCS sender; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">20404, 21710, 21712.</exception>
    public Task<PoolSender?> AddChannelSenderAsync(Sid account, Sid service, Sid channelSender, CancellationToken cancellation) => AddAsync(
        account, service, async () =>
        {
            var sender = await db.LockChannelSenderAsync(account, channelSender, cancellation)
                ?? throw new TwilioException(MessagingError.UnknownChannelSender.ToApiError(channelSender));
            return new(service, sender, clock.GetUtcNow());
        }, cancellation);

    /// <summary>
    /// The sender is locked after the service, so that another service cannot take it, and nobody release it, between the checks and the
    /// commit.
    /// </summary>
    private Task<PoolSender?> AddAsync(Sid account, Sid service, Func<Task<PoolSender>> lockSender, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
            var sender = await lockSender();
            if (await RefusalAsync(sender, cancellation) is { } error) throw new TwilioException(error.ToApiError());
            db.Add(sender);
            await db.SaveChangesAsync(cancellation);
            await db.MoveStickySendersAsync(sender, cancellation);
            await AdviseAsync(sender, cancellation);
            return sender;
        }, cancellation);

    private async Task<MessagingError?> RefusalAsync(PoolSender sender, CancellationToken cancellation)
    {
        var present = await db.PoolSenders.AsNoTracking().SingleOrDefaultAsync(member => member.Sid == sender.Sid, cancellation);
        if (present is not null)
            return present.MessagingServiceSid == sender.MessagingServiceSid ? MessagingError.SenderInService : MessagingError.SenderInOtherService;
        if (!sender.CountsAsNumber) return null;
        if ((sender.Capabilities & (SenderCapabilities.Sms | SenderCapabilities.Mms)) == 0) return MessagingError.SenderWithoutMessaging;
        var size = await db.PoolSenders.CountAsync(member => member.MessagingServiceSid == sender.MessagingServiceSid
            && PoolSender.NumberTypes.Contains(member.Type), cancellation);
        return size >= PoolSender.MaxNumbers ? MessagingError.PoolFull : null;
    }

    private async Task AdviseAsync(PoolSender sender, CancellationToken cancellation)
    {
        if (sender.Type == SenderType.TollFree && await db.PoolSenders.CountAsync(member => member.MessagingServiceSid == sender.MessagingServiceSid
            && member.Type == SenderType.TollFree, cancellation) > 1)
            LogTollFreeAdvice(sender.Address, sender.MessagingServiceSid, TollFreeAdvice.Text);
    }

    [LoggerMessage(LogLevel.Warning, "{Sender} joined the pool of {MessagingService}: {Advice}")]
    private partial void LogTollFreeAdvice(string sender, Sid messagingService, string advice);
}
