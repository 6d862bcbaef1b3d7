using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Seeding;

/// <summary>Creates the resources of seeds, through the same checks and use cases as requests.</summary>
internal sealed class SeedResources(
    MessagingServiceCache services, EmulatorClock clock, ILogger<SenderPoolUseCases> logger)
{
    /// <summary>Creates what an account does not have yet. What it has is kept as it is.</summary>
    /// <param name="db">The database, with an open transaction that the caller rolls back after an error.</param>
    /// <param name="account">The account that gets the resources.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="present">What the account has. Read it before the first resource is made: the same one twice in a
    /// seed is an error.</param>
    /// <param name="sids">Makes their SIDs.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="WrongSeedException">A resource is refused.</exception>
    public async Task<MadeResources> MakeAsync(
        MessagingDb db, Sid account, SeedContent seed, PresentResources present, SidSource sids,
        CancellationToken cancellation)
    {
        var phoneNumbers = new PhoneNumberUseCases(db, sids, clock);
        var shortCodes = new ShortCodeUseCases(db, sids, clock);
        var channelSenders = new ChannelSenderUseCases(db, sids, clock);
        var messagingServices = new MessagingServiceUseCases(db, services, sids, clock);
        var pools = new SenderPoolUseCases(db, sids, clock, logger);
        MadeResources made = new([], [], [], []);
        foreach (var (place, form) in seed.PhoneNumbers)
        {
            if (!present.HasNumber(form.PhoneNumber))
                made.PhoneNumbers.Add(await MakeOneAsync(db,
                    place, phoneNumbers.ProvisionAsync(form.ToNewPhoneNumber(account), cancellation)));
        }

        foreach (var (place, form) in seed.ShortCodes)
        {
            var (code, country) = (form.ShortCode!, form.IsoCountry.ToCountry()!);
            if (!present.ShortCodes.Contains((code, country)))
                made.ShortCodes.Add(await MakeOneAsync(db,
                    place, shortCodes.ProvisionAsync(account, code, country, cancellation)));
        }

        foreach (var (place, form) in seed.ChannelSenders)
        {
            if (!present.ChannelSenders.Contains(form.ToAddress().Value))
                made.ChannelSenders.Add(await MakeOneAsync(db,
                    place, channelSenders.CreateAsync(account, form.ToAddress(), form.ApplyTo, cancellation)));
        }

        foreach (var ((place, form), senders) in seed.MessagingServices)
        {
            if (present.Services.Contains(form.FriendlyName!)) continue;
            if (made.MessagingServices.Any(other => other.Service.FriendlyName == form.FriendlyName))
                throw new WrongSeedException(place, $"there are two with the FriendlyName \"{form.FriendlyName}\"");
            var service = await MakeOneAsync(db, place, messagingServices.CreateAsync(
                account, form.FriendlyName!, form.Configure, cancellation));
            made.MessagingServices.Add((service, senders));
            SenderPool pool = new(db, pools, account, service.Sid);
            for (var i = 0; i < senders.Count; i++)
                await pool.AddAsync(senders[i], $"{place}.senders[{i}]", cancellation);
        }

        return made;
    }

    /// <summary>Makes one resource and forgets it: EF Core looks at all that it tracks each time it saves.</summary>
    private static async Task<T> MakeOneAsync<T>(MessagingDb db, string place, Task<T> step)
    {
        var made = await AtAsync(place, step);
        db.ChangeTracker.Clear();
        return made;
    }

    private static async Task<T> AtAsync<T>(string place, Task<T> step)
    {
        try
        {
            return await step;
        }
        catch (TwilioException refused)
        {
            throw new WrongSeedException(place, refused.Message);
        }
    }

    /// <summary>The pool of a new Messaging Service.</summary>
    private sealed class SenderPool(MessagingDb db, SenderPoolUseCases pools, Sid account, Sid service)
    {
        /// <summary>Adds a sender of the account, or an alphanumeric one.</summary>
        public async Task AddAsync(string address, string place, CancellationToken cancellation)
        {
            foreach (var add in await FindAsync(address, cancellation) ?? throw new WrongSeedException(
                place,
                $"\"{address}\" is none of the seed's phone_numbers, short_codes or channel_senders, "
                + "and no alphanumeric sender's name")) await MakeOneAsync(db, place, add());

            async Task<IReadOnlyList<Func<Task<PoolSender?>>>?> FindAsync(string text, CancellationToken cancelled)
            {
                if (PhoneNumberValue.TryParse(text, out var value) && await db.PhoneNumbers
                    .Where(number => number.AccountSid == account && number.Number == value.E164)
                    .Select(number => (Sid?)number.Sid).SingleOrDefaultAsync(cancelled) is { } number)
                    return [() => pools.AddPhoneNumberAsync(account, service, number, cancelled)];
                // Of a short code all that the account has, each of another country.
                var codes = await db.ShortCodes
                    .Where(shortCode => shortCode.AccountSid == account && shortCode.Code == text)
                    .OrderBy(shortCode => shortCode.Ordinal).Select(shortCode => shortCode.Sid).ToListAsync(cancelled);
                if (codes.Count > 0)
                {
                    return [.. codes.Select(code => (Func<Task<PoolSender?>>)(
                        () => pools.AddShortCodeAsync(account, service, code, cancelled)))];
                }

                if (ChannelAddress.TryParse(text, out var channel) && await db.ChannelSenders
                    .Where(sender => sender.AccountSid == account && sender.SenderId == channel.Value)
                    .Select(sender => (Sid?)sender.Sid).SingleOrDefaultAsync(cancelled) is { } found)
                    return [() => pools.AddChannelSenderAsync(account, service, found, cancelled)];
                return AlphaSender.IsName(text)
                    ? [() => pools.AddAlphaSenderAsync(account, service, text, country: null, cancelled)]
                    : null;
            }
        }
    }
}

/// <summary>The resources that a seed has made.</summary>
/// <param name="MessagingServices">With the addresses of their pools, as the seed has them.</param>
internal sealed record MadeResources(
    List<PhoneNumber> PhoneNumbers, List<ShortCode> ShortCodes, List<ChannelSender> ChannelSenders,
    List<(MessagingService Service, IReadOnlyList<string> Senders)> MessagingServices);

/// <summary>What an account has before a seed is applied.</summary>
internal sealed record PresentResources(
    IReadOnlySet<string> Numbers, IReadOnlySet<(string, string)> ShortCodes, IReadOnlySet<string> ChannelSenders,
    IReadOnlySet<string> Services)
{
    /// <summary>Nothing.</summary>
    public static readonly PresentResources None =
        new(new HashSet<string>(), new HashSet<(string, string)>(), new HashSet<string>(), new HashSet<string>());

    /// <summary>Whether the account has a phone number.</summary>
    /// <param name="text">The number as the seed has it; null for any number of an area code.</param>
    public bool HasNumber(string? text) =>
        PhoneNumberValue.TryParse(text ?? "", out var value) && Numbers.Contains(value.E164);

    public static async Task<PresentResources> ReadAsync(
        MessagingDb db, Sid account, CancellationToken cancellation) => new(
        await db.PhoneNumbers.Where(number => number.AccountSid == account).Select(number => number.Number)
            .ToHashSetAsync(cancellation),
        (await db.ShortCodes.Where(code => code.AccountSid == account).Select(code => new { code.Code, code.Country })
            .ToListAsync(cancellation)).Select(code => (code.Code, code.Country)).ToHashSet(),
        await db.ChannelSenders.Where(sender => sender.AccountSid == account).Select(sender => sender.SenderId)
            .ToHashSetAsync(cancellation),
        await db.MessagingServices.Where(service => service.AccountSid == account)
            .Select(service => service.FriendlyName).ToHashSetAsync(cancellation));
}
