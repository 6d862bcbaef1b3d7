using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Gives an account a carrier rule, which goes before those that it has.</summary>
internal sealed class CreateCarrierRule(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates; messages handed to the carrier from now on go by the rule.</summary>
    /// <param name="account">Whose messages it is for.</param>
    /// <param name="configure">Sets which messages match and what happens to them.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20001 when the account has <see cref="CarrierRules.MaxPerAccount"/> already.</exception>
    public async Task<CarrierRule> CreateAsync(Sid account, Action<CarrierRule> configure, CancellationToken cancellation)
    {
        if (await db.CarrierRules.CountAsync(other => other.AccountSid == account, cancellation) >= CarrierRules.MaxPerAccount)
            throw new TwilioException(MessagingError.BadParameter.ToApiError($"An account has at most {CarrierRules.MaxPerAccount} carrier rules: delete some"));
        var rule = new CarrierRule(sids.New(SidPrefix.CarrierRule), account, clock.GetUtcNow());
        configure(rule);
        db.Add(rule);
        await db.SaveChangesAsync(cancellation);
        return rule;
    }
}
