namespace MessagingServices.Server.Engine;

/// <summary>
/// Takes new status callbacks for this server before their messages are committed. This server delivers them from
/// memory and stores them when they have ended. Until then the message's history holds what a successor needs.
/// </summary>
internal interface IWebhookOwner
{
    /// <summary>The webhooks that this server is delivering, and those whose results are to be stored.</summary>
    IReadOnlyCollection<Sid> Claimed { get; }

    /// <summary>
    /// Takes callbacks into memory: those of messages whose earlier callbacks this server delivers too, if there is
    /// room.
    /// </summary>
    /// <param name="callbacks">
    /// The callbacks of one commit, in order. Their messages are in this server's memory.
    /// </param>
    /// <param name="cancellation">Ends the wait for the accounts' tokens.</param>
    /// <returns>The claim; null when this server takes none of them.</returns>
    ValueTask<IWebhookClaim?> ClaimAsync(IReadOnlyList<NewCallback> callbacks, CancellationToken cancellation);
}

/// <summary>
/// New webhooks that this server delivers. End it by <see cref="Start"/> or <see cref="Abandon"/>. Webhooks that it
/// does not have are stored, and wait for a claim by query.
/// </summary>
internal interface IWebhookClaim
{
    /// <summary>The claimed webhooks.</summary>
    IReadOnlySet<Sid> Webhooks { get; }

    /// <summary>Starts the webhooks: their messages are committed.</summary>
    void Start();

    /// <summary>Forgets the webhooks: the commit failed, or may have failed.</summary>
    void Abandon();
}

/// <summary>A new webhook of a status callback.</summary>
internal sealed record NewCallback(Webhook Webhook, StatusCallback Callback);
