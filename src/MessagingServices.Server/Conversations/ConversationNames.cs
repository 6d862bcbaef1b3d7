using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Conversations;

/// <summary>Conversations by what paths call them: their SID or their unique name.</summary>
internal static class ConversationNames
{
    /// <summary>The account's conversation of that SID or unique name; at most one.</summary>
    public static IQueryable<Conversation> Called(this IQueryable<Conversation> conversations, Sid account, string name)
    {
        var own = conversations.Where(conversation => conversation.AccountSid == account);
        return Sid.TryParseAs(SidPrefix.Conversation, name, out var sid)
            ? own.Where(conversation => conversation.Sid == sid)
            : own.Where(conversation => conversation.UniqueName == name);
    }

    /// <summary>The SID of a conversation in which something is looked for.</summary>
    /// <exception cref="TwilioException">50350 when the account has none of that SID or name.</exception>
    public static async Task<Sid> FindConversationSidAsync(this MessagingDb db, Sid account, string name, CancellationToken cancellation) =>
        await db.Conversations.Called(account, name).Select(conversation => (Sid?)conversation.Sid).SingleOrDefaultAsync(cancellation)
            ?? throw NotFound();

    /// <summary>Locks a conversation that somebody joins, leaves or speaks in; see <see cref="ConversationLocks"/>.</summary>
    /// <exception cref="TwilioException">50350 when it is there no longer; 20001 when it is closed.</exception>
    public static async Task<Conversation> LockOpenConversationAsync(this MessagingDb db, Sid account, Sid sid, CancellationToken cancellation)
    {
        var conversation = await db.LockConversationAsync(account, sid, cancellation) ?? throw NotFound();
        return conversation.State == ConversationState.Closed
            ? throw new TwilioException(MessagingError.ConversationClosed.ToApiError(sid))
            : conversation;
    }

    /// <summary>Whether the database refused a second conversation of one unique name.</summary>
    public static bool IsTakenName(DbUpdateException failure) => failure.InnerException is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation, TableName: "conversations",
    };

    private static TwilioException NotFound() => new(MessagingError.ConversationNotFound.ToApiError());
}
