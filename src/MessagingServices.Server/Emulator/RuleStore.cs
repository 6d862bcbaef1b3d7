using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Stores and removes the rules of all families.</summary>
internal static class RuleStore
{
    /// <summary>Adds a rule.</summary>
    /// <param name="db">The database.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="others">The rules of its family that the account has.</param>
    /// <param name="family">The name of the family, such as <c>carrier rules</c>.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the account has <see cref="RuleLimits.MaxPerAccount"/>
    /// rules of the family.</exception>
    public static async Task AddRuleAsync<T>(
        this MessagingDb db, T rule, IQueryable<T> others, string family, CancellationToken cancellation)
        where T : class
    {
        if (await others.CountAsync(cancellation) >= RuleLimits.MaxPerAccount)
        {
            throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"An account has at most {RuleLimits.MaxPerAccount} {family}: delete some"));
        }

        db.Add(rule);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Removes a rule, and publishes it.</summary>
    /// <param name="rule">The rule of the account with this SID, if there is one.</param>
    /// <param name="account">The account.</param>
    /// <param name="sid">The SID.</param>
    /// <param name="events">Publishes that the rule is deleted.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>False when there is no such rule.</returns>
    public static async Task<bool> DeleteRuleAsync<T>(
        this IQueryable<T> rule, Sid account, Sid sid, EventBus events, CancellationToken cancellation)
        where T : class
    {
        if (await rule.ExecuteDeleteAsync(cancellation) != 1) return false;
        events.Publish(new(EventTypes.RuleUpdated, account, sid.Value) { Subject = new DeletedThing(sid, account) });
        return true;
    }
}
