using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Seeding;

/// <summary>
/// The content that fills an empty database: the file that <c>Seed:File</c> names, the built-in seed when it is unset,
/// nothing when it is <c>none</c>. The seed passes through the same checks and use cases as requests, for the
/// configured account, completely or not at all.
/// </summary>
internal sealed class Seed(
    SeedOptions options, AccountOptions account, MessagingServiceCache services, EmulatorClock clock,
    ILogger<SenderPoolUseCases> logger)
{
    private readonly Lazy<SeedContent?> content = new(options.Read);

    /// <summary>
    /// Applies the seed to a database that is empty and never had one. Of servers that start at once one applies it.
    /// </summary>
    /// <param name="db">The database; a transaction that is open already is used.</param>
    /// <param name="force">Whether to apply it to any database, again too.</param>
    /// <param name="cancellation">Ends the attempt; nothing is applied then.</param>
    /// <exception cref="StartupException">The seed cannot be read, or is refused; the message names the place and the
    /// reason.</exception>
    public async Task ApplyAsync(MessagingDb db, bool force, CancellationToken cancellation)
    {
        if (content.Value is not { } seed) return;
        await db.InTransactionAsync(
            async () =>
            {
                // The row is the memory and the lock in one: another server that is just seeding makes this statement
                // wait.
                var first = await db.Database.ExecuteSqlAsync(
                    $"""
                     INSERT INTO seed_applications (id, date_applied)
                     VALUES ({SeedApplication.OnlyId}, {clock.GetUtcNow()})
                     ON CONFLICT (id) DO NOTHING
                     """, cancellation) == 1;
                if (force || (first && await IsEmptyAsync(db, cancellation))) await MakeAsync(db, seed, cancellation);
                return true;
            }, cancellation);
    }

    private static async Task<bool> IsEmptyAsync(MessagingDb db, CancellationToken cancellation) =>
        !await db.MessagingServices.AnyAsync(cancellation)
        && !await db.PhoneNumbers.AnyAsync(cancellation)
        && !await db.ShortCodes.AnyAsync(cancellation)
        && !await db.ChannelSenders.AnyAsync(cancellation)
        && !await db.Messages.AnyAsync(cancellation);

    private async Task MakeAsync(MessagingDb db, SeedContent seed, CancellationToken cancellation)
    {
        // The same SIDs every time, so that notes of them stay true after a reset.
        var next = UInt128.Zero;
        var sids = new SidSource(TimeProvider.System, () => ++next);
        var phoneNumberUseCases = new PhoneNumberUseCases(db, sids, clock);
        var shortCodeUseCases = new ShortCodeUseCases(db, sids, clock);
        var channelSenderUseCases = new ChannelSenderUseCases(db, sids, clock);
        var serviceUseCases = new MessagingServiceUseCases(db, services, sids, clock);
        var poolUseCases = new SenderPoolUseCases(db, sids, clock, logger);
        var numbers = new Dictionary<string, Sid>();
        foreach (var (place, form) in seed.PhoneNumbers)
        {
            var number = await AtAsync(seed, place,
                phoneNumberUseCases.ProvisionAsync(form.ToNewPhoneNumber(account.Sid), cancellation));
            numbers.Add(number.Number, number.Sid);
        }

        var shortCodes = new List<ShortCode>();
        foreach (var (place, form) in seed.ShortCodes)
            shortCodes.Add(await AtAsync(
                seed, place, shortCodeUseCases.ProvisionAsync(
                    account.Sid, form.ShortCode!, form.IsoCountry.ToCountry()!, cancellation)));

        var channelSenders = new List<ChannelSender>();
        foreach (var (place, form) in seed.ChannelSenders)
            channelSenders.Add(await AtAsync(
                seed, place, channelSenderUseCases.CreateAsync(
                    account.Sid, form.ToAddress(), form.ApplyTo, cancellation)));

        foreach (var ((place, form), senders) in seed.MessagingServices)
        {
            var service = await serviceUseCases.CreateAsync(
                account.Sid, form.FriendlyName!, form.Configure, cancellation);
            for (var i = 0; i < senders.Count; i++) await JoinAsync(service.Sid, senders[i], $"{place}.senders[{i}]");
        }

        async Task JoinAsync(Sid service, string address, string place)
        {
            if (PhoneNumberValue.TryParse(address, out var value) && numbers.TryGetValue(value.E164, out var number))
                await AtAsync(seed, place,
                    poolUseCases.AddPhoneNumberAsync(account.Sid, service, number, cancellation));
            // Of a short code all that the seed has, each of another country.
            else if (shortCodes.FindAll(shortCode => shortCode.Code == address) is { Count: > 0 } found)
                foreach (var shortCode in found)
                    await AtAsync(seed, place,
                        poolUseCases.AddShortCodeAsync(account.Sid, service, shortCode.Sid, cancellation));
            else if (SeededChannelSenders.Find(channelSenders, address) is { } channelSender)
                await AtAsync(seed, place,
                    poolUseCases.AddChannelSenderAsync(account.Sid, service, channelSender.Sid, cancellation));
            else if (AlphaSender.IsName(address))
                await AtAsync(seed, place,
                    poolUseCases.AddAlphaSenderAsync(account.Sid, service, address, country: null, cancellation));
            else
                throw seed.Wrong(
                    place,
                    $"\"{address}\" is none of the seed's phone_numbers, short_codes or channel_senders, "
                    + "and no alphanumeric sender's name");
        }
    }

    private static async Task<T> AtAsync<T>(SeedContent seed, string place, Task<T> step)
    {
        try
        {
            return await step;
        }
        catch (TwilioException refused)
        {
            throw seed.Wrong(place, refused.Message);
        }
    }
}
