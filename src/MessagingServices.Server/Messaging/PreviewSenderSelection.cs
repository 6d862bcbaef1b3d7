using MessagingServices.Domain;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Selection;

namespace MessagingServices.Server.Messaging;

/// <summary>Tells which sender a message would get now, and why. Nothing is sent, used or remembered.</summary>
public sealed class PreviewSenderSelection(MessagingDb db, ComplianceOptions compliance)
{
    /// <summary>Selects as the pipeline would.</summary>
    /// <exception cref="RefusedException">21211, 21265, 21665, 21667, 21701.</exception>
    public async Task<SenderChoice> PreviewAsync(NewMessage draft, Sid messagingService, CancellationToken cancellation)
    {
        var (recipient, refusal) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new RefusedException(refusal!);
        var question = new SelectionQuestion(draft.AccountSid, messagingService, recipient, draft.Body, draft.MediaUrls.Count > 0, null);
        var context = await SelectionContext.ReadAsync(db, compliance, question, cancellation);
        if (context.ServiceOf(question) is null) throw new RefusedException(MessagingError.UnknownService.Refuse());
        if (draft.FallbackFrom is not { } fallbackFrom) return context.Select(question).Choice;

        var fallback = await db.FindFallbackAsync(draft.AccountSid, messagingService, fallbackFrom, recipient.Country, cancellation);
        question = question with { FallbackFrom = fallback.Address };
        return (await SelectionContext.ReadAsync(db, compliance, question, cancellation)).Select(question).Choice;
    }
}
