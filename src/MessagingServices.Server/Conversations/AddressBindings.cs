using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// The pairs of addresses of participants: a handset's address, and the address of the sender that the handset sees.
/// </summary>
internal static class AddressBindings
{
    /// <summary>
    /// The participant whose conversation takes the messages from the address to the account's sender; at most one.
    /// </summary>
    public static IQueryable<ConversationParticipant> WithBinding(
        this IQueryable<ConversationParticipant> participants, Sid account, string address, string proxyAddress) =>
        participants.Where(participant => participant.IsActiveBinding && participant.AccountSid == account
            && participant.Address == address && participant.ProxyAddress == proxyAddress);

    /// <summary>Reads a pair and locks it for the transaction. Lock the conversation after it.</summary>
    /// <exception cref="TwilioException">50407, 50408, 50409, 50414; 50413 when the account has no such
    /// sender.</exception>
    public static async Task<ParticipantBinding> LockBindingAsync(
        this MessagingDb db, Sid account, string address, string proxyAddress, CancellationToken cancellation)
    {
        var (binding, error) = ParticipantBinding.Parse(address, proxyAddress);
        if (binding is null) throw new TwilioException(error!);
        if (await db.FindSenderAsync(account, binding.Sender, binding.Recipient.Country, cancellation) is null)
            throw new TwilioException(MessagingError.ForeignProxyAddress.ToApiError(proxyAddress));
        await db.LockPairAsync(account, binding.Address, binding.ProxyAddress, cancellation);
        return binding;
    }

    /// <summary>Gives a participant a pair that this transaction has locked.</summary>
    /// <exception cref="TwilioException">50416 when another participant has it.</exception>
    public static async Task BindAsync(
        this MessagingDb db, ConversationParticipant participant, ParticipantBinding binding,
        CancellationToken cancellation)
    {
        var holder = await db.ConversationParticipants.AsNoTracking()
            .WithBinding(participant.AccountSid, binding.Address, binding.ProxyAddress)
            .SingleOrDefaultAsync(cancellation);
        if (holder is not null && holder.Sid != participant.Sid)
            throw new TwilioException(MessagingError.PairTaken.ToApiError(holder.ConversationSid));
        participant.Bind(binding.Address, binding.ProxyAddress);
    }

    /// <summary>Releases the pairs of a conversation that has been closed.</summary>
    public static Task<int> ReleasePairsAsync(this MessagingDb db, Sid conversation, CancellationToken cancellation) =>
        db.ConversationParticipants
            .Where(participant => participant.ConversationSid == conversation && participant.IsActiveBinding)
            .ExecuteUpdateAsync(
                participant => participant.SetProperty(changed => changed.IsActiveBinding, false), cancellation);
}
