using MessagingServices.Domain;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Persistence;

namespace MessagingServices.Server.Messaging;

/// <summary>Tells which sender a message would get now, and why. Nothing is sent, used or remembered.</summary>
public sealed class PreviewSenderSelection(MessagingServiceDirectory services, SenderChecks senders)
{
    /// <summary>Selects as the pipeline would, for a message that names its Messaging Service and no sender.</summary>
    /// <exception cref="RefusedException">21211, 21265, 21665, 21667, 21701.</exception>
    public async Task<SenderChoice> PreviewAsync(NewMessage draft, CancellationToken cancellation)
    {
        var (recipient, refusal) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new RefusedException(refusal!);
        if (await services.FindAsync(draft.AccountSid, draft.MessagingServiceSid!.Value, cancellation) is null)
            throw new RefusedException(MessagingError.UnknownService.Refuse());
        return await senders.TrySelectAsync(
            draft, recipient, await senders.FindFallbackAsync(draft, recipient, cancellation), cancellation);
    }
}
