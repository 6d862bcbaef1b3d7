namespace MessagingServices.Server.Webhooks;

/// <summary>The claims that this process has, and those that it gave up but has not freed in the database.</summary>
internal sealed class ClaimTracker
{
    private readonly HashSet<ClaimedWebhook> held = [];
    private readonly HashSet<Sid> givenUp = [];

    /// <summary>The webhooks that are claimed and not given up.</summary>
    public IEnumerable<Sid> Webhooks => held.Select(claim => claim.Webhook.Sid);

    public void Add(ClaimedWebhook claim)
    {
        held.Add(claim);
        // Claimed anew: to free the webhook now would free this claim.
        givenUp.Remove(claim.Webhook.Sid);
    }

    /// <summary>The claims are ended.</summary>
    public void Forget(IEnumerable<ClaimedWebhook> claims) => held.ExceptWith(claims);

    /// <summary>The claims are to be freed.</summary>
    public void GiveUp(IEnumerable<ClaimedWebhook> claims)
    {
        foreach (var claim in claims)
        {
            held.Remove(claim);
            givenUp.Add(claim.Webhook.Sid);
        }
    }

    /// <summary>What is to be freed in the database.</summary>
    public IReadOnlyList<Sid> TakeGivenUp()
    {
        List<Sid> taken = [.. givenUp];
        givenUp.Clear();
        return taken;
    }
}
