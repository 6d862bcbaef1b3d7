using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Asks the webhook rules for claimed webhooks, once for each. The decision is committed with the counts of the rules
/// before anything follows from it. So a crash or another server does not decide again.
/// </summary>
internal sealed class WebhookFaults(
    IDbContextFactory<MessagingDb> databases, NodeId node, EventBus events, WebhookTelemetry telemetry)
{
    /// <summary>
    /// Whether the rules are to be asked for a webhook, or what they have decided is to be continued. Webhooks of an
    /// account that is not active wait, or are dropped anyway.
    /// </summary>
    public static bool Concern(ClaimedWebhook claim, CachedAccount account) => claim.Step switch
    {
        _ when account.Status != AccountStatus.Active => false,
        null => account.HasWebhookRules,
        WebhookStep.Delayed => claim.Fault is { Drop: true } or { Reorder: true },
        WebhookStep.Decided or WebhookStep.Held or WebhookStep.Repeated or WebhookStep.Replayed => false,
        _ => throw new InvalidOperationException($"{claim.Step} is not a step."),
    };

    /// <summary>
    /// Decides on claimed webhooks, in the order of the queue. Each webhook that is sent now gets its step and its
    /// fault. The others wait in the queue, or are dropped: they are no longer claimed.
    /// </summary>
    /// <returns>The webhooks that are no longer claimed.</returns>
    public async Task<IReadOnlySet<Sid>> DecideAsync(
        IReadOnlyList<ClaimedWebhook> claims, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync(TransactionSettings.Sql, cancellation);
        var bySid = claims.ToDictionary(claim => claim.Webhook.Sid);
        var queued = await db.LockClaimedAsync(node.Id, bySid.Keys, cancellation);
        var subjects = queued.Where(sid => bySid[sid].Step is null)
            .ToDictionary(sid => sid, sid => WebhookSubject.Of(bySid[sid].Webhook));
        var rules = await db.LockRulesAsync(subjects.Values, cancellation);
        List<WebhookDecision> decisions = [];
        foreach (var sid in queued)
        {
            var claim = bySid[sid];
            var isNew = subjects.TryGetValue(sid, out var subject);
            decisions.Add(WebhookDecision.Of(claim.Webhook, isNew ? rules.Decide(subject!) : claim.Fault, isNew));
        }

        await db.SaveDecisionsAsync(node.Id, decisions, rules, cancellation);
        await transaction.CommitAsync(cancellation);
        Publish(decisions, rules);

        // A webhook whose claim is lost belongs to another server.
        var released = bySid.Keys.Except(queued).ToHashSet();
        foreach (var decision in decisions)
        {
            if (decision.IsPutAside) released.Add(decision.Webhook.Sid);
            else (bySid[decision.Webhook.Sid].Step, bySid[decision.Webhook.Sid].Fault) =
                (WebhookStep.Decided, decision.Fault);
        }

        return released;
    }

    private void Publish(IEnumerable<WebhookDecision> decisions, WebhookRules rules)
    {
        foreach (var (webhook, fault, _) in decisions)
        {
            if (fault is not null) events.Publish(EventTypes.WebhookUpdated, webhook.AccountSid, webhook.Sid.Value);
        }

        foreach (var dropped in decisions.Where(decision => decision.Next == WebhookNext.Drop))
            telemetry.Recorded(dropped.Webhook, WebhookOutcome.Dropped, []);
        foreach (var (account, rule) in rules.Used)
            events.Publish(EventTypes.RuleUpdated, account, rule.Value);
    }
}

/// <summary>What follows from a webhook's fault now.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Fault">Its fault; null for none.</param>
/// <param name="Next">What happens with it.</param>
internal sealed record WebhookDecision(Webhook Webhook, WebhookFault? Fault, WebhookNext Next)
{
    /// <summary>Whether the webhook is not sent now.</summary>
    public bool IsPutAside => Next != WebhookNext.Send;

    /// <summary>How long it waits, in milliseconds.</summary>
    public int WaitMs => Next switch
    {
        WebhookNext.Delay => Fault!.DelayMs!.Value,
        WebhookNext.Hold => Fault!.HoldMs!.Value,
        WebhookNext.Send or WebhookNext.Drop => 0,
    };

    /// <summary>The step that the queue gets; null if the webhook leaves it.</summary>
    public WebhookStep? Step => Next switch
    {
        WebhookNext.Send => WebhookStep.Decided,
        WebhookNext.Delay => WebhookStep.Delayed,
        WebhookNext.Hold => WebhookStep.Held,
        WebhookNext.Drop => null,
    };

    /// <summary>Decides what follows.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="fault">Its fault; null for none.</param>
    /// <param name="isNew">Whether its delay is still to come.</param>
    public static WebhookDecision Of(Webhook webhook, WebhookFault? fault, bool isNew) => new(webhook, fault,
        isNew && fault is { DelayMs: > 0 } ? WebhookNext.Delay
        : fault is { Drop: true } ? WebhookNext.Drop
        : fault is { Reorder: true } ? WebhookNext.Hold
        : WebhookNext.Send);
}

/// <summary>What happens with a webhook that was decided.</summary>
internal enum WebhookNext
{
    /// <summary>Its request is made.</summary>
    Send,

    /// <summary>It waits, and so do later ones of its message.</summary>
    Delay,

    /// <summary>It waits, and later ones of its message pass it.</summary>
    Hold,

    /// <summary>Its request is never made.</summary>
    Drop,
}
