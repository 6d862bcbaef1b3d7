using MessagingServices.Domain.Media;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Carriers;

/// <summary>The data of a message that the simulated carrier and its rules use.</summary>
/// <param name="MessageSid">The message; the default value if the message does not exist yet.</param>
/// <param name="Body">The text that the handset receives.</param>
/// <param name="HasMedia">Whether the message has media or its text is sent as MMS.</param>
public sealed record CarrierMessage(Sid MessageSid, Sid AccountSid, string To, string From, string Body, bool HasMedia)
{
    /// <summary>The channel. A phone number is reached over RCS if the sender is on RCS.</summary>
    public Channel Channel =>
        To.StartsWith("whatsapp:", StringComparison.Ordinal) ? Channel.WhatsApp
        : From.StartsWith("rcs:", StringComparison.Ordinal) ? Channel.Rcs
        : Channel.Sms;

    /// <summary>The recipient's number without a channel prefix. It identifies the handset on all channels.</summary>
    public string Handset => To[(To.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether MMS reaches the recipient's country.</summary>
    public bool IsInReachOfMms => MediaRules.MmsReaches(RecipientAddress.Parse(To).Address?.Country);

    /// <summary>The data of a message whose sender is known.</summary>
    public static CarrierMessage Of(Message message) =>
        new(message.Sid, message.AccountSid, message.To, message.From ?? "", message.SentText, message.GoesAsMms);
}
