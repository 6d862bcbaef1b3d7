using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Creates and deletes request rules. On this server a change holds from the next request on, on others within a
/// second.
/// </summary>
internal sealed class RequestRuleUseCases(
    MessagingDb db, SidSource sids, EmulatorClock clock, EventBus events, AccountCache accounts)
{
    /// <summary>Creates a rule. It takes precedence over the account's older rules.</summary>
    /// <param name="account">The account whose requests the rule is for.</param>
    /// <param name="configure">Sets the conditions and the effects of the rule.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the account has <see cref="RuleLimits.MaxPerAccount"/>
    /// rules.</exception>
    public async Task<RequestRule> CreateAsync(
        Sid account, Action<RequestRule> configure, CancellationToken cancellation)
    {
        var rule = new RequestRule(sids.New(SidPrefix.RequestRule), account, clock.Now(account));
        configure(rule);
        await db.AddRuleAsync(
            rule, db.RequestRules.Where(other => other.AccountSid == account), "request rules", cancellation);
        accounts.Invalidate(account);
        return rule;
    }

    /// <summary>Deletes a rule; false when the account has no such rule.</summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var deleted = await db.RequestRules.Where(rule => rule.Sid == sid && rule.AccountSid == account)
            .DeleteRuleAsync(account, sid, events, cancellation);
        if (deleted) accounts.Invalidate(account);
        return deleted;
    }
}
