using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Creates a conversation, in which nobody is yet.</summary>
internal sealed class CreateConversation(MessagingDb db, MessagingServiceCache services, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates.</summary>
    /// <param name="account">Who will own it.</param>
    /// <param name="configure">Sets what shall differ from the defaults.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">21701 when the account has no such Messaging Service; 50353 when another conversation has the unique
    /// name.</exception>
    public async Task<Conversation> CreateAsync(Sid account, Action<Conversation> configure, CancellationToken cancellation)
    {
        Conversation conversation = new(sids.New(SidPrefix.Conversation), account, clock.GetUtcNow());
        configure(conversation);
        if (conversation.MessagingServiceSid is { } service && await services.FindAsync(account, service, cancellation) is null)
            throw new TwilioException(MessagingError.UnknownService.ToApiError());
        db.Add(conversation);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return conversation;
        }
        catch (DbUpdateException failure) when (ConversationNames.IsTakenName(failure))
        {
            throw new TwilioException(MessagingError.UniqueNameTaken.ToApiError());
        }
    }
}
