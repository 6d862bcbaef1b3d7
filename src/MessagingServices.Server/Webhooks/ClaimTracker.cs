namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The claims of this process, and the released ones that the database does not know yet. Not thread-safe.
/// </summary>
internal sealed class ClaimTracker
{
    private readonly HashSet<ClaimedWebhook> claims = [];
    private readonly HashSet<Sid> released = [];

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
