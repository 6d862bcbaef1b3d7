using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Senders;

/// <summary>What sender selection is asked for.</summary>
/// <param name="To">The recipient.</param>
/// <param name="HasMedia">Whether the message carries media.</param>
public sealed record SelectionRequest(RecipientAddress To, bool HasMedia)
{
    /// <summary>ISO 3166 code of the recipient's country; a toll-free recipient counts as US.</summary>
    public string? Country { get; } = To.Number.IsTollFree ? "US" : To.Number.Country;

    /// <summary>The request of a message; null when its recipient, which could be read when it was accepted, no longer can.</summary>
    public static SelectionRequest? For(Message message) =>
        RecipientAddress.Parse(message.To).Address is { } recipient ? new(recipient, message.MediaUrls.Count > 0) : null;
}
