using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Emulator;

/// <summary>Creates and deletes webhook rules. A new rule takes precedence over the account's older rules.</summary>
internal sealed class WebhookRuleUseCases(
    MessagingDb db, SidSource sids, EmulatorClock clock, EventBus events, AccountCache accounts)
{
    /// <summary>
    /// Creates a rule. It applies to all webhooks that this server sends from now on, and to those of other servers
    /// within a second.
    /// </summary>
    /// <param name="account">The account whose webhooks the rule is for.</param>
    /// <param name="configure">Sets the conditions and the effects of the rule.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the account has <see cref="RuleLimits.MaxPerAccount"/>
    /// rules.</exception>
    public async Task<WebhookRule> CreateAsync(
        Sid account, Action<WebhookRule> configure, CancellationToken cancellation)
    {
        var rule = new WebhookRule(sids.New(SidPrefix.WebhookRule), account, clock.Now(account));
        configure(rule);
        await db.AddRuleAsync(
            rule, db.WebhookRules.Where(other => other.AccountSid == account), "webhook rules", cancellation);
        accounts.Invalidate(account);
        return rule;
    }

    /// <summary>
    /// Deletes a rule; false when the account has no such rule. What it has decided on webhooks stays.
    /// </summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.WebhookRules.Where(rule => rule.Sid == sid && rule.AccountSid == account)
            .DeleteRuleAsync(account, sid, events, cancellation);
}
