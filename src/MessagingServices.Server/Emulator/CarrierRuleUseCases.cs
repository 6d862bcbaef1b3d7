using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Creates and deletes carrier rules. A new rule takes precedence over the account's older rules.</summary>
internal sealed class CarrierRuleUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates a rule. It applies to all messages that go to the carrier from now on.</summary>
    /// <param name="account">The account whose messages the rule is for.</param>
    /// <param name="configure">Sets the conditions and the effects of the rule.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the account has <see cref="CarrierRules.MaxPerAccount"/>
    /// rules.</exception>
    public async Task<CarrierRule> CreateAsync(
        Sid account, Action<CarrierRule> configure, CancellationToken cancellation)
    {
        if (await db.CarrierRules.CountAsync(other => other.AccountSid == account,
            cancellation) >= CarrierRules.MaxPerAccount)
        {
            throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"An account has at most {CarrierRules.MaxPerAccount} carrier rules: delete some"));
        }

        var rule = new CarrierRule(sids.New(SidPrefix.CarrierRule), account, clock.GetUtcNow());
        configure(rule);
        db.Add(rule);
        await db.SaveChangesAsync(cancellation);
        return rule;
    }

    /// <summary>
    /// Deletes a rule; false when the account has no such rule. Its decisions about messages that the carrier has
    /// already stay.
    /// </summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await db.CarrierRules.Where(rule => rule.Sid == sid && rule.AccountSid == account)
            .ExecuteDeleteAsync(cancellation) == 1;
}
