using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Who holds which pair of addresses.</summary>
internal static class AddressBindings
{
    /// <summary>The participant whose conversation takes the messages from the address to the account's sender; at most one.</summary>
    public static IQueryable<ConversationParticipant> Holding(
        this IQueryable<ConversationParticipant> participants, Sid account, string address, string proxyAddress) =>
        participants.Where(participant => participant.IsActiveBinding && participant.AccountSid == account
            && participant.Address == address && participant.ProxyAddress == proxyAddress);

    /// <summary>Frees the pairs of a conversation that has been closed.</summary>
    public static Task<int> FreePairsAsync(this MessagingDb db, Sid conversation, CancellationToken cancellation) =>
        db.ConversationParticipants.Where(participant => participant.ConversationSid == conversation && participant.IsActiveBinding)
            .ExecuteUpdateAsync(participant => participant.SetProperty(p => p.IsActiveBinding, false), cancellation);
}
