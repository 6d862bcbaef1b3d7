namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The claims of this process, and the released ones that the database does not know yet. Not thread-safe.
/// </summary>
internal sealed class ClaimTracker
{
    private const int MaxAccounts = 1000;

    private readonly HashSet<ClaimedWebhook> claims = [];
    private readonly HashSet<Sid> released = [];
    private readonly Dictionary<Sid, int> accounts = [];
    private int releasedAll;

    /// <summary>Increases when claims that run at the moment are released: all, or those of an account.</summary>
    public int Generation { get; private set; }

    /// <summary>The claims, without the released ones.</summary>
    public IReadOnlyCollection<ClaimedWebhook> Claims => claims;

    /// <summary>The claimed webhooks, without the released ones.</summary>
    public IEnumerable<Sid> Webhooks => claims.Select(claim => claim.Webhook.Sid);

    public void Add(ClaimedWebhook claim)
    {
        claims.Add(claim);
        // Claimed again: a release in the database would end this claim.
        released.Remove(claim.Webhook.Sid);
    }

    /// <summary>Releases the claims that run at this moment.</summary>
    public void ReleaseRunning()
    {
        releasedAll = ++Generation;
        accounts.Clear();
    }

    /// <summary>The claims of an account. Those that run at this moment are released.</summary>
    public IReadOnlyList<ClaimedWebhook> OfAccount(Sid account)
    {
        if (accounts.Count >= MaxAccounts) ReleaseRunning();
        accounts[account] = ++Generation;
        return [.. claims.Where(claim => claim.Webhook.AccountSid == account)];
    }

    /// <summary>Whether all claims that began in a generation were released while they ran.</summary>
    public bool AreAllReleased(int began) => began < releasedAll;

    /// <summary>Whether a claim that began in a generation was released while it ran.</summary>
    public bool IsReleased(ClaimedWebhook claim, int began) =>
        accounts.GetValueOrDefault(claim.Webhook.AccountSid) > began;

    /// <summary>Removes claims that have ended in the database.</summary>
    public void Remove(IEnumerable<ClaimedWebhook> ended) => claims.ExceptWith(ended);

    public void Release(IEnumerable<ClaimedWebhook> unused)
    {
        foreach (var claim in unused)
        {
            claims.Remove(claim);
            released.Add(claim.Webhook.Sid);
        }
    }

    /// <summary>
    /// Returns the webhooks that were released since the last call. The caller releases them in the database.
    /// </summary>
    public IReadOnlyList<Sid> DrainReleased()
    {
        List<Sid> drained = [.. released];
        released.Clear();
        return drained;
    }
}
