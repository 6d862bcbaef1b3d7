using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Emulator;

/// <summary>Returns the sender that a message would get now, and the reasons. It sends and stores nothing.</summary>
internal sealed class PreviewSenderSelection(MessagingServiceCache services, SenderChecks senders)
{
    /// <summary>
    /// Selects a sender like the pipeline, for a message with a Messaging Service and without a sender.
    /// </summary>
    /// <exception cref="TwilioException">21211, 21265, 21665, 21667, 21701.</exception>
    public async Task<SenderChoice> PreviewAsync(OutboundMessage draft, CancellationToken cancellation)
    {
        if (MessengerAddress.ApiError(draft.From, draft.To) is { } unsupported) throw new TwilioException(unsupported);
        var (recipient, error) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new TwilioException(error!);
        if (await services.FindAsync(draft.AccountSid, draft.MessagingServiceSid!.Value, cancellation) is null)
            throw new TwilioException(MessagingError.UnknownService.ToApiError());
        return await senders.TrySelectAsync(
            draft, recipient, await senders.FindFallbackAsync(draft, recipient, cancellation), cancellation);
    }
}
