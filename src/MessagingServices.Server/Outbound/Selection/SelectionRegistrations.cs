using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>The campaigns and verifications that decide which senders reach the US and Canada.</summary>
internal sealed class SelectionRegistrations
{
    /// <summary>Numbers need no registration.</summary>
    public static readonly SelectionRegistrations NotEnforced = new();

    private readonly Dictionary<Sid, CampaignStanding> standings = [];
    private readonly HashSet<Sid>? registered;
    private readonly ILookup<Sid, string>? verified;

    private SelectionRegistrations() { }

    private SelectionRegistrations(
        Dictionary<Sid, CampaignStanding> standings, IEnumerable<(Sid Account, string Address)> verified)
    {
        this.standings = standings;
        this.verified = verified.ToLookup(number => number.Account, number => number.Address);
        registered =
        [
            .. standings.Where(row => CampaignStatements.IsRegistered(row.Value)).Select(row => row.Key),
        ];
    }

    /// <summary>Reads what decides about these senders.</summary>
    public static async Task<SelectionRegistrations> ReadAsync(
        MessagingDb db, IReadOnlyCollection<PoolSender> senders, Func<Sid, DateTimeOffset> now,
        CancellationToken cancellation) =>
        new(
            await db.FindStandingsAsync(
                [
                    .. senders.Where(sender => sender.Type == SenderType.LongCode)
                        .Select(sender => sender.MessagingServiceSid).Distinct(),
                ], now, cancellation),
            await db.FindVerifiedTollFreeAsync(
                [
                    .. senders.Where(sender => sender.Type == SenderType.TollFree)
                        .Select(sender => (sender.AccountSid, sender.Address)).Distinct(),
                ], now, cancellation));

    /// <summary>The request with what decides for an account.</summary>
    public SelectionRequest ApplyTo(SelectionRequest request, Sid account) => registered is null ? request
        : request with
        {
            RegisteredServices = registered,
            CampaignStandings = standings,
            VerifiedTollFree = verified![account].ToHashSet(),
        };
}
