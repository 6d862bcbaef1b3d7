using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Queries for what A2P campaigns and toll-free verifications decide at one time.</summary>
internal static class CampaignStatements
{
    /// <summary>What the campaigns of Messaging Services decide; services without a campaign are missing.</summary>
    public static async Task<Dictionary<Sid, CampaignStanding>> FindStandingsAsync(
        this MessagingDb db, IReadOnlyCollection<Sid> services, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation) =>
        (await db.ReadStandingsAsync(
            db.A2pCampaigns.Where(campaign => services.Contains(campaign.MessagingServiceSid)), now, cancellation))
        .ToDictionary(standing => standing.Service, standing => standing.Standing);

    /// <summary>The Messaging Services of these with a verified campaign.</summary>
    public static async Task<HashSet<Sid>> FindRegisteredAsync(
        this MessagingDb db, IReadOnlyCollection<Sid> services, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation) =>
        [
            .. (await db.FindStandingsAsync(services, now, cancellation)).Where(row => IsRegistered(row.Value))
                .Select(row => row.Key),
        ];

    /// <summary>What the campaigns of the senders' pools decide; senders without a campaign are missing.</summary>
    public static async Task<Dictionary<(Sid Account, string Address), CampaignStanding>> FindStandingsAsync(
        this MessagingDb db, IReadOnlyCollection<(Sid Account, string Address)> senders, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation)
    {
        var accounts = senders.Select(sender => sender.Account).Distinct().ToList();
        var addresses = senders.Select(sender => sender.Address).Distinct().ToList();
        var members = await db.PoolSenders
            .Where(sender => accounts.Contains(sender.AccountSid) && addresses.Contains(sender.Address)
                && db.A2pCampaigns.Any(campaign => campaign.MessagingServiceSid == sender.MessagingServiceSid))
            .Select(sender => new { sender.AccountSid, sender.Address, sender.MessagingServiceSid })
            .ToListAsync(cancellation);
        if (members.Count == 0) return [];
        var standings = await db.FindStandingsAsync(
            [.. members.Select(member => member.MessagingServiceSid).Distinct()], now, cancellation);
        // A short code of two countries may be in two pools; the better one counts.
        return members.Where(member => standings.ContainsKey(member.MessagingServiceSid))
            .GroupBy(member => (member.AccountSid, member.Address))
            .ToDictionary(group => group.Key, group => group.Min(member => standings[member.MessagingServiceSid]));
    }

    /// <summary>The senders that are in a pool whose Messaging Service has a verified campaign.</summary>
    public static async Task<HashSet<(Sid Account, string Address)>> FindWithCampaignAsync(
        this MessagingDb db, IReadOnlyCollection<(Sid Account, string Address)> senders, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation) =>
        [
            .. (await db.FindStandingsAsync(senders, now, cancellation)).Where(row => IsRegistered(row.Value))
                .Select(row => row.Key),
        ];

    /// <summary>The toll-free numbers of these that are verified for their account.</summary>
    public static async Task<HashSet<(Sid Account, string Address)>> FindVerifiedTollFreeAsync(
        this MessagingDb db, IReadOnlyCollection<(Sid Account, string Address)> numbers, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation)
    {
        if (numbers.Count == 0) return [];
        var addresses = numbers.Select(number => number.Address).Distinct().ToList();
        var accounts = numbers.Select(number => number.Account).Distinct().ToList();
        HashSet<(Sid, string)> verified = [];
        foreach (var account in accounts)
        {
            verified.UnionWith((await db.TollfreeVerifications.Having(TollfreeStatus.TwilioApproved, now(account))
                .Where(verification => addresses.Contains(verification.TollfreePhoneNumber)
                    && verification.AccountSid == account)
                .Select(verification => verification.TollfreePhoneNumber).ToListAsync(cancellation))
                .Select(number => (account, number)));
        }

        return verified;
    }

    /// <summary>The verifications that have a status at a time.</summary>
    public static IQueryable<TollfreeVerification> Having(
        this IQueryable<TollfreeVerification> verifications, TollfreeStatus status, DateTimeOffset now) => status switch
    {
        TollfreeStatus.PendingReview => verifications.Where(verification =>
            verification.Forced == status || (verification.Forced == null && verification.ReviewFrom > now)),
        TollfreeStatus.InReview => verifications.Where(verification =>
            verification.Forced == status || (verification.Forced == null && verification.ReviewFrom <= now
                && verification.DecidedAt > now)),
        TollfreeStatus.TwilioApproved => verifications.Where(verification =>
            verification.Forced == status || (verification.Forced == null && verification.DecidedAt <= now)),
        TollfreeStatus.TwilioRejected => verifications.Where(verification => verification.Forced == status),
    };

    /// <summary>A campaign with its brand.</summary>
    public static async Task<CampaignOfBrand> WithBrandAsync(
        this MessagingDb db, A2pCampaign campaign, CancellationToken cancellation) =>
        new(
            campaign,
            campaign.BrandRegistrationSid is not { } sid ? null
                : await db.Brands.AsNoTracking().SingleOrDefaultAsync(
                    brand => brand.Sid == sid && brand.AccountSid == campaign.AccountSid, cancellation));

    /// <summary>Whether a number with this standing counts as registered.</summary>
    public static bool IsRegistered(CampaignStanding standing) =>
        standing is CampaignStanding.Registered or CampaignStanding.Filtered;

    private static async Task<List<(Sid Service, CampaignStanding Standing)>> ReadStandingsAsync(
        this MessagingDb db, IQueryable<A2pCampaign> campaigns, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation)
    {
        // Not the whole campaigns: their texts are long.
        var found = await campaigns.Select(campaign => new
        {
            campaign.AccountSid,
            campaign.MessagingServiceSid,
            campaign.Forced,
            campaign.ReviewFrom,
            campaign.DecidedAt,
            Brand = db.Brands.FirstOrDefault(
                brand => brand.Sid == campaign.BrandRegistrationSid && brand.AccountSid == campaign.AccountSid),
        }).AsNoTracking().ToListAsync(cancellation);
        return
        [
            .. found.Select(row => (row.MessagingServiceSid,
                A2pCampaign.StandingAt(row.Forced, row.ReviewFrom, row.DecidedAt, row.Brand, now(row.AccountSid)))),
        ];
    }
}
