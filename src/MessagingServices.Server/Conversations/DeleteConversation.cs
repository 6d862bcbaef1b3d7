using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Deletes a conversation with its participants and what was said; the messages that went to handsets stay.</summary>
public sealed class DeleteConversation(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no conversation of that SID or unique name.</summary>
    public async Task<bool> DeleteAsync(Sid account, string name, CancellationToken cancellation) =>
        await db.Conversations.Called(account, name).ExecuteDeleteAsync(cancellation) > 0;
}
