using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Carriers;

/// <summary>What the simulated carrier and its rules look at in a message.</summary>
/// <param name="MessageSid">The message; the default where there is none yet.</param>
/// <param name="AccountSid">Whose it is.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="From">The sender's address.</param>
/// <param name="Body">The text that the handset would receive.</param>
/// <param name="HasMedia">Whether there are media, or the text goes as MMS.</param>
public sealed record CarrierMessage(Sid MessageSid, Sid AccountSid, string To, string From, string Body, bool HasMedia)
{
    /// <summary>The network: a phone number is reached over RCS when the sender is on RCS.</summary>
    public Channel Channel =>
        To.StartsWith("whatsapp:", StringComparison.Ordinal) ? Channel.WhatsApp
        : From.StartsWith("rcs:", StringComparison.Ordinal) ? Channel.Rcs
        : Channel.Sms;

    /// <summary>The recipient's number without the channel: one handset, whatever it is reached over.</summary>
    public string Handset => To[(To.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>What there is to see of a message that has its sender.</summary>
    public static CarrierMessage Of(Message message) =>
        new(message.Sid, message.AccountSid, message.To, message.From ?? "", message.SentText, message.GoesAsMms);
}
