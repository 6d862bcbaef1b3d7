using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Senders;

/// <summary>What sender selection is asked for.</summary>
/// <param name="To">The recipient.</param>
/// <param name="HasMedia">Whether the message carries media.</param>
public sealed record SelectionRequest(RecipientAddress To, bool HasMedia)
{
    /// <summary>ISO 3166 code of the recipient's country; a toll-free recipient counts as US.</summary>
    public string? Country { get; } = To.Number.IsTollFree ? "US" : To.Number.Country;

    /// <summary>The request of a message, whose recipient was checked when it was accepted.</summary>
    public static SelectionRequest For(Message message) =>
        new(RecipientAddress.Parse(message.To).Address ?? throw new InvalidOperationException($"{message.Sid} has no readable recipient."),
            message.MediaUrls.Count > 0);
}
