using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Emulator;

/// <summary>Tells which sender a message would get now, and why. Nothing is sent, used or remembered.</summary>
internal sealed class PreviewSenderSelection(MessagingServiceCache services, SenderChecks senders)
{
    /// <summary>Selects as the pipeline would, for a message that names its Messaging Service and no sender.</summary>
    /// <exception cref="TwilioException">21211, 21265, 21665, 21667, 21701.</exception>
    public async Task<SenderChoice> PreviewAsync(NewMessage draft, CancellationToken cancellation)
    {
        var (recipient, refusal) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new TwilioException(refusal!);
        if (await services.FindAsync(draft.AccountSid, draft.MessagingServiceSid!.Value, cancellation) is null)
            throw new TwilioException(MessagingError.UnknownService.ToApiError());
        return await senders.TrySelectAsync(
            draft, recipient, await senders.FindFallbackAsync(draft, recipient, cancellation), cancellation);
    }
}
