namespace MessagingServices.Server.Outbound.Selection;

/// <summary>What a sender is selected for.</summary>
/// <param name="AccountSid">Whose message it is.</param>
/// <param name="MessagingServiceSid">Whose pool is asked.</param>
/// <param name="To">The recipient.</param>
/// <param name="Body">The text.</param>
/// <param name="HasMedia">Whether there are media, or the text goes as MMS.</param>
/// <param name="FallbackFrom">The sender for where RCS does not reach, in its one form; null when none is named.</param>
internal sealed record SelectionInput(
    Sid AccountSid, Sid MessagingServiceSid, RecipientAddress To, string Body, bool HasMedia, string? FallbackFrom)
{
    /// <summary>Whether the server itself answers a keyword: that reaches recipients who have opted out.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>The question of a message; null when its recipient, which could be read when it was accepted, no longer can.</summary>
    public static SelectionInput? Of(Message message) => RecipientAddress.Parse(message.To).Address is { } recipient
        ? new(message.AccountSid, message.MessagingServiceSid!.Value, recipient, message.Body, message.IsMms, message.FallbackFrom)
        {
            IsAutomatic = message.Options.HasFlag(MessageOptions.Automatic),
        }
        : null;
}
