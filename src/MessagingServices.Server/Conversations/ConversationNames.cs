using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Finds the resources of this folder by the names that paths have for them.</summary>
internal static class ConversationNames
{
    /// <summary>The account's conversation with that SID or unique name; at most one.</summary>
    public static IQueryable<Conversation> BySidOrName(
        this IQueryable<Conversation> conversations, Sid account, string name)
    {
        var own = conversations.Where(conversation => conversation.AccountSid == account);
        return Sid.TryParseAs(SidPrefix.Conversation, name, out var sid)
            ? own.Where(conversation => conversation.Sid == sid)
            : own.Where(conversation => conversation.UniqueName == name);
    }

    /// <summary>The conversation's participant with that SID or identity; at most one.</summary>
    public static IQueryable<ConversationParticipant> BySidOrIdentity(
        this IQueryable<ConversationParticipant> participants, Sid conversation, string name)
    {
        var present = participants.Where(participant => participant.ConversationSid == conversation);
        return Sid.TryParseAs(SidPrefix.ConversationParticipant, name, out var sid)
            ? present.Where(participant => participant.Sid == sid)
            : present.Where(participant => participant.Identity == name);
    }

    /// <summary>The account's address configuration with that SID or address; at most one.</summary>
    public static IQueryable<AddressConfiguration> BySidOrAddress(
        this IQueryable<AddressConfiguration> configurations, Sid account, string name)
    {
        var own = configurations.Where(configuration => configuration.AccountSid == account);
        if (Sid.TryParseAs(SidPrefix.AddressConfiguration, name, out var sid))
            return own.Where(configuration => configuration.Sid == sid);
        var address = SenderAddress.Parse(name)?.Value ?? name;
        return own.Where(configuration => configuration.Address == address);
    }

    /// <summary>The SID of the account's conversation with that SID or unique name.</summary>
    /// <exception cref="TwilioException">50350 when the account has none.</exception>
    public static async Task<Sid> FindConversationSidAsync(
        this MessagingDb db, Sid account, string name, CancellationToken cancellation) =>
        await db.Conversations.BySidOrName(account, name).Select(conversation => (Sid?)conversation.Sid)
            .SingleOrDefaultAsync(cancellation) ?? throw NotFound();

    /// <summary>
    /// Locks the account's conversation with that SID or unique name; see <see cref="ConversationLocks"/>.
    /// </summary>
    /// <exception cref="TwilioException">50350 when the account has none.</exception>
    public static async Task<Conversation> LockConversationAsync(
        this MessagingDb db, Sid account, string name, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(account, name, cancellation);
        return await db.LockConversationAsync(account, sid, cancellation) ?? throw NotFound();
    }

    /// <summary>Locks a conversation for a change that a closed one does not allow.</summary>
    /// <exception cref="TwilioException">50350 when it does not exist any more; 20001 when it is closed.</exception>
    public static async Task<Conversation> LockOpenConversationAsync(
        this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation)
    {
        var conversation = await db.LockConversationAsync(account, sid, cancellation) ?? throw NotFound();
        return conversation.State == ConversationState.Closed
            ? throw new TwilioException(MessagingError.ConversationClosed.ToApiError(sid))
            : conversation;
    }

    private static TwilioException NotFound() => new(MessagingError.ConversationNotFound.ToApiError());
}
