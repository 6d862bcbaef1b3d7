using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Emulator;

/// <summary>Creates and deletes carrier rules. A new rule takes precedence over the account's older rules.</summary>
internal sealed class CarrierRuleUseCases(MessagingDb db, SidSource sids, EmulatorClock clock, EventBus events)
{
    /// <summary>Creates a rule. It applies to all messages that go to the carrier from now on.</summary>
    /// <param name="account">The account whose messages the rule is for.</param>
    /// <param name="configure">Sets the conditions and the effects of the rule.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the account has <see cref="RuleLimits.MaxPerAccount"/>
    /// rules.</exception>
    public async Task<CarrierRule> CreateAsync(
        Sid account, Action<CarrierRule> configure, CancellationToken cancellation)
    {
        var rule = new CarrierRule(sids.New(SidPrefix.CarrierRule), account, clock.Now(account));
        configure(rule);
        await db.AddRuleAsync(
            rule, db.CarrierRules.Where(other => other.AccountSid == account), "carrier rules", cancellation);
        return rule;
    }

    /// <summary>
    /// Deletes a rule; false when the account has no such rule. Its decisions about messages that the carrier has
    /// already stay.
    /// </summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.CarrierRules.Where(rule => rule.Sid == sid && rule.AccountSid == account)
            .DeleteRuleAsync(account, sid, events, cancellation);
}
