using MessagingServices.Server.Api.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api;

/// <summary>
/// Shows a WhatsApp user that an answer is being written. Simulated handsets do not show it, so only the message is
/// checked. Source: https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource.
/// </summary>
internal static class TypingIndicators
{
    /// <summary>Answers for a message that a WhatsApp user has sent.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="db">The database.</param>
    /// <param name="messageId">The SID of the message, as the caller wrote it.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <exception cref="TwilioException">20001 when the account has no such message, or it is no inbound WhatsApp
    /// message.</exception>
    public static async Task<ObjectResult> ShowTypingAsync(
        this ControllerBase controller, MessagingDb db, string? messageId, CancellationToken cancellation)
    {
        var account = controller.User.AccountSid();
        var isWhatsApp = Sid.TryParse(messageId, null, out var sid)
            && await db.Messages.AnyAsync(
                message => message.Sid == sid && message.AccountSid == account
                    && message.Direction == MessageDirection.Inbound && message.To.StartsWith("whatsapp:"),
                cancellation);
        return isWhatsApp ? controller.Ok(new TypingResource())
            : throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"messageId '{messageId}' is not an inbound WhatsApp message of the account"));
    }
}

/// <summary>The typing indicator was sent.</summary>
internal sealed record TypingResource
{
    /// <summary>Always true.</summary>
    public bool Success { get; init; } = true;
}
