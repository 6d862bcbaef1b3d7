using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Adds senders to the sender pools of Messaging Services, and removes them. A phone number, short code, WhatsApp or
/// RCS sender is in at most one pool. The limits of a pool hold for concurrent requests too, since each locks the
/// Messaging Service.
/// </summary>
internal sealed partial class SenderPoolUseCases(
    MessagingDb db, SidSource sids, EmulatorClock clock, ILogger<SenderPoolUseCases> logger)
{
    /// <summary>Adds a phone number; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">21421, 21710, 21712, 21714, 21715.</exception>
    public Task<PoolSender?> AddPhoneNumberAsync(
        Sid account, Sid service, Sid phoneNumber, CancellationToken cancellation) =>
        AddAsync(account, service, async () =>
        {
            var number = await db.LockAsync<PhoneNumber>(account, phoneNumber, cancellation)
                ?? throw new TwilioException(MessagingError.InvalidPhoneNumber.ToApiError(phoneNumber));
            return new(service, number, clock.Now(account));
        }, cancellation);

    /// <summary>Adds a short code; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">21421, 21710, 21712, 21714.</exception>
    public Task<PoolSender?> AddShortCodeAsync(
        Sid account, Sid service, Sid shortCode, CancellationToken cancellation) =>
        AddAsync(account, service, async () =>
        {
            var code = await db.LockAsync<ShortCode>(account, shortCode, cancellation)
                ?? throw new TwilioException(MessagingError.InvalidPhoneNumber.ToApiError(shortCode));
            return new(service, code, clock.Now(account));
        }, cancellation);

    /// <summary>Adds a WhatsApp or RCS sender; null when the account has no such Messaging Service.</summary>
    /// <exception cref="TwilioException">20404, 21710, 21712.</exception>
    public Task<PoolSender?> AddChannelSenderAsync(
        Sid account, Sid service, Sid channelSender, CancellationToken cancellation) =>
        AddAsync(account, service, async () =>
        {
            var sender = await db.LockAsync<ChannelSender>(account, channelSender, cancellation)
                ?? throw new TwilioException(MessagingError.UnknownChannelSender.ToApiError(channelSender));
            return new(service, sender, clock.Now(account));
        }, cancellation);

    /// <summary>
    /// Creates an alphanumeric sender in a pool. A pool has at most one for each country, and one for all other
    /// countries. Other pools can have the same name.
    /// </summary>
    /// <param name="account">The account that owns the Messaging Service.</param>
    /// <param name="service">The Messaging Service.</param>
    /// <param name="alphaSender">The name; see <see cref="AlphaSender.IsName"/>.</param>
    /// <param name="country">ISO 3166 code of its country; null for all countries that have none of their own.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Null when the account has no such Messaging Service.</returns>
    /// <exception cref="TwilioException">21710 when the pool has it; 21714 when the pool has another for the
    /// country.</exception>
    public Task<PoolSender?> AddAlphaSenderAsync(
        Sid account, Sid service, string alphaSender, string? country,
        CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockAsync<MessagingService>(account, service, cancellation) is null) return null;
            var present = await db.PoolSenders.Where(member => member.MessagingServiceSid == service
                && member.Type == SenderType.Alphanumeric && member.Country == country)
                .Select(member => member.Address).SingleOrDefaultAsync(cancellation);
            if (present == alphaSender) throw new TwilioException(MessagingError.SenderInService.ToApiError());
            if (present is not null) throw new TwilioException(MessagingError.PoolFull.ToApiError());
            var sender = new PoolSender(
                service, new AlphaSender(sids.New(SidPrefix.AlphaSender), account, alphaSender, country),
                    clock.Now(account));
            db.Add(sender);
            await db.SaveChangesAsync(cancellation);
            return sender;
        }, cancellation);

    /// <summary>
    /// Removes a sender from a pool, with its sticky senders. The account keeps the sender, but not an alphanumeric
    /// one. Messages that have this sender already still go out.
    /// </summary>
    /// <returns>False when the account's Messaging Service does not exist or has no such sender.</returns>
    public Task<bool> RemoveAsync(Sid account, Sid service, Sid sender, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                // The service first, as everywhere: a selection that has begun ends before its sender leaves.
                if (await db.LockAsync<MessagingService>(account, service, cancellation) is null) return false;
                return await db.PoolSenders.Where(member => member.Sid == sender
                    && member.MessagingServiceSid == service)
                    .ExecuteDeleteAsync(cancellation) == 1;
            }, cancellation);

    /// <summary>
    /// The service is locked first, then the sender. So, between the checks and the commit, no other service can take
    /// the sender, and no request can release it.
    /// </summary>
    private Task<PoolSender?> AddAsync(
        Sid account, Sid service, Func<Task<PoolSender>> lockSender,
        CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockAsync<MessagingService>(account, service, cancellation) is null) return null;
            var sender = await lockSender();
            if (await FindErrorAsync(sender, cancellation) is { } error) throw new TwilioException(error.ToApiError());
            db.Add(sender);
            await db.SaveChangesAsync(cancellation);
            await db.MoveStickySendersAsync(sender, cancellation);
            await AdviseAsync(sender, cancellation);
            return sender;
        }, cancellation);

    private async Task<MessagingError?> FindErrorAsync(PoolSender sender, CancellationToken cancellation)
    {
        var present = await db.PoolSenders.AsNoTracking()
            .SingleOrDefaultAsync(member => member.Sid == sender.Sid, cancellation);
        if (present is not null)
        {
            return present.MessagingServiceSid == sender.MessagingServiceSid
                ? MessagingError.SenderInService
                : MessagingError.SenderInOtherService;
        }

        if (!sender.CountsAsNumber) return null;
        if ((sender.Capabilities & (SenderCapabilities.Sms | SenderCapabilities.Mms)) == 0)
            return MessagingError.SenderWithoutMessaging;
        var size = await db.PoolSenders.CountAsync(
            member => member.MessagingServiceSid == sender.MessagingServiceSid
                && PoolSender.NumberTypes.Contains(member.Type), cancellation);
        return size >= PoolSender.MaxNumbers ? MessagingError.PoolFull : null;
    }

    private async Task AdviseAsync(PoolSender sender, CancellationToken cancellation)
    {
        if (sender.Type == SenderType.TollFree && await db.PoolSenders.CountAsync(
            member => member.MessagingServiceSid == sender.MessagingServiceSid
                && member.Type == SenderType.TollFree, cancellation) > 1)
            LogTollFreeAdvice(sender.Address, sender.MessagingServiceSid, TollFreeAdvice.Text);
    }

    [LoggerMessage(LogLevel.Warning, "{Sender} joined the pool of {MessagingService}: {Advice}")]
    private partial void LogTollFreeAdvice(string sender, Sid messagingService, string advice);
}
