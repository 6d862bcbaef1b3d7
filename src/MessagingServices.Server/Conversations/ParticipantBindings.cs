using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Pairs of addresses that participants shall get.</summary>
internal static class ParticipantBindings
{
    /// <summary>Reads a pair and locks it for the transaction; before the conversation, see <see cref="ConversationLocks"/>.</summary>
    /// <exception cref="TwilioException">50407, 50408, 50409, 50414, and 50413 when the account has no such sender.</exception>
    public static async Task<ParticipantBinding> LockBindingAsync(
        this MessagingDb db, Sid account, string address, string proxyAddress, CancellationToken cancellation)
    {
        var (binding, refusal) = ParticipantBinding.Parse(address, proxyAddress);
        if (binding is null) throw new TwilioException(refusal!);
        if (await db.FindSenderAsync(account, binding.Sender, binding.Recipient.Country, cancellation) is null)
            throw new TwilioException(MessagingError.ForeignProxyAddress.ToApiError(proxyAddress));
        await db.LockPairAsync(account, binding.Address, binding.ProxyAddress, cancellation);
        return binding;
    }

    /// <summary>Gives a participant the pair, which is locked.</summary>
    /// <exception cref="TwilioException">50416 when somebody else has it.</exception>
    public static async Task BindAsync(
        this MessagingDb db, ConversationParticipant participant, ParticipantBinding binding, CancellationToken cancellation)
    {
        var holder = await db.ConversationParticipants.AsNoTracking().Holding(participant.AccountSid, binding.Address, binding.ProxyAddress)
            .SingleOrDefaultAsync(cancellation);
        if (holder is not null && holder.Sid != participant.Sid)
            throw new TwilioException(MessagingError.PairTaken.ToApiError(holder.ConversationSid));
        participant.Bind(binding.Address, binding.ProxyAddress);
    }
}
