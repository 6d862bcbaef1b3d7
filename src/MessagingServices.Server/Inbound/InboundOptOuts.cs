using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>Applies the keywords of inbound messages to opt-outs.</summary>
internal static class InboundOptOuts
{
    /// <summary>Opts the handset out or in if the message is a keyword, within the open transaction.</summary>
    /// <param name="db">Its transaction has locked the receiver's Messaging Service.</param>
    /// <param name="receiver">
    /// The sender that received the message. It has no Messaging Service when it is in no pool.
    /// </param>
    /// <param name="cancellation">After a cancellation, the caller must not commit the transaction.</param>
    /// <returns>The webhook parameter and the replies; null when the message is not a keyword.</returns>
    public static async Task<KeywordOutcome?> ApplyAsync(
        MessagingDb db, Message inbound, PoolSender receiver, DateTimeOffset now, CancellationToken cancellation)
    {
        // A text that is too long for a keyword costs no query.
        if (!OptOutKeywords.TryRead(inbound.Body, out var word)
            || RecipientAddress.Parse(inbound.From!).Address is not { } handset) return null;
        var (account, recipient, group) = (inbound.AccountSid, handset.Handset, OptOut.GroupOf(handset.Channel));
        var service = receiver.MessagingServiceSid;
        var text = new ReceivedText(inbound.Body, handset, receiver)
        {
            Advanced = service == default
                ? null
                : await db.AdvancedOptOuts.AsNoTracking()
                    .SingleOrDefaultAsync(settings => settings.MessagingServiceSid == service, cancellation),
            OptedOutOf = await db.OptOuts
                .Where(o => o.Recipient == recipient && o.AccountSid == account && o.Channel == group)
                .Select(o => o.Scope).ToListAsync(cancellation),
        };
        if (KeywordRules.Apply(text) is not { } effect) return null;
        if (effect.Added.Count + effect.Removed.Count > 0) await db.LockOptOutsAsync(account, cancellation);
        foreach (var scope in effect.Removed.Order(StringComparer.Ordinal))
            await db.RemoveOptOutsAsync(account, recipient, group, scope, cancellation);
        foreach (var scope in effect.Added.Order(StringComparer.Ordinal))
        {
            await db.AddOptOutAsync(new()
            {
                AccountSid = account,
                Scope = scope,
                Recipient = recipient,
                Channel = group,
                Source = word.ToUpperInvariant(),
                DateCreated = now,
            }, cancellation);
        }

        return new(effect.IsAdvanced ? effect.Type : null, effect.Replies);
    }
}

/// <summary>The effects of a keyword besides the changed opt-outs.</summary>
/// <param name="WebhookType">
/// The value of <c>OptOutType</c> in the inbound webhook; null unless Advanced Opt-Out is on.
/// </param>
/// <param name="Replies">The texts of the replies in order, at most two.</param>
internal sealed record KeywordOutcome(OptOutType? WebhookType, IReadOnlyList<string> Replies);
