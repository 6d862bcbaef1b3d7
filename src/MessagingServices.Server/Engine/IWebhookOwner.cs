namespace MessagingServices.Server.Engine;

/// <summary>
/// Takes new status callbacks for this server before they are committed. The commit stores them as claimed, and this
/// server delivers them from memory: no query has to find, claim and read them again.
/// </summary>
internal interface IWebhookOwner
{
    /// <summary>
    /// Claims callbacks in memory: those of messages whose earlier callbacks this server delivers too, if there is
    /// room.
    /// </summary>
    /// <param name="callbacks">The callbacks of one commit, in order.</param>
    /// <param name="cancellation">Ends the wait for the accounts' tokens.</param>
    /// <returns>The claim; null when this server takes none of them.</returns>
    ValueTask<IWebhookClaim?> ClaimAsync(IReadOnlyList<NewCallback> callbacks, CancellationToken cancellation);
}

/// <summary>
/// New webhooks that this server delivers. End it by <see cref="Start"/> or <see cref="Abandon"/>. Webhooks that it
/// does not have stay for a claim by query.
/// </summary>
internal interface IWebhookClaim
{
    /// <summary>The node that claims them.</summary>
    NodeId Node { get; }

    /// <summary>The claimed webhooks.</summary>
    IReadOnlySet<Sid> Webhooks { get; }

    /// <summary>Starts the webhooks: they are committed.</summary>
    void Start();

    /// <summary>Forgets the webhooks: their commit failed, or may have failed.</summary>
    void Abandon();
}

/// <summary>A new webhook of a status callback.</summary>
internal sealed record NewCallback(Webhook Webhook, StatusCallback Callback);
