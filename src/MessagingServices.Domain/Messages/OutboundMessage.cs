using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Services;

namespace MessagingServices.Domain.Messages;

/// <summary>
/// A message to send. The API makes one from a form: without a SID, and with the addresses as the application wrote
/// them. The use case checks it and completes it with the SID and normalised addresses.
/// </summary>
/// <param name="Sid">The SID of the message; default until the use case sets it.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Body">The text; empty when there is none.</param>
public sealed record OutboundMessage(Sid Sid, Sid AccountSid, string To, string Body) : MessageHeader
{
    /// <summary>The maximum validity period and its default, in seconds.</summary>
    public const int MaxValidityPeriod = 36_000;

    /// <summary>The maximum length of a body, in UTF-16 units.</summary>
    public const int MaxBodyLength = 1_600;

    /// <summary>The maximum number of media of one message.</summary>
    public const int MaxMedia = 10;

    /// <summary>The address of the explicit sender; null when the Messaging Service selects one.</summary>
    public string? From { get; init; }

    /// <summary>The SID of an explicit sender on WhatsApp or RCS; null for other senders.</summary>
    public Sid? ChannelInstallSid { get; init; }

    /// <summary>The URLs of the media, at most <see cref="MaxMedia"/>.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    public MessageOptions Options { get; init; }

    /// <summary>
    /// The maximum time until the carrier receives the message, in seconds, 1 to <see cref="MaxValidityPeriod"/>; null
    /// for the maximum.
    /// </summary>
    public int? ValidityPeriod { get; init; }

    /// <summary>Whether the message needs senders with MMS, as in <see cref="Message.IsMms"/>.</summary>
    public bool IsMms => MediaUrls.Count > 0 || Options.HasFlag(MessageOptions.SendAsMms);

    /// <summary>
    /// Creates a message from a sender, a Messaging Service, or both. Without values of its own, the message uses the
    /// status callback and the validity period of the Messaging Service. Set all other properties with a <c>with</c>
    /// expression.
    /// </summary>
    /// <param name="sid">A new SID with the prefix from <see cref="SidPrefix.OfMessage"/>.</param>
    /// <param name="to">The recipient's normalised address.</param>
    /// <param name="body">The text; empty for a message with media only.</param>
    /// <param name="sender">The sender; null when the Messaging Service selects one.</param>
    /// <param name="service">The Messaging Service; null for a message that uses none.</param>
    /// <param name="statusCallback">The message's own URL for status callbacks.</param>
    /// <param name="validityPeriod">The message's own validity period, in seconds.</param>
    public static OutboundMessage Create(
        Sid sid, Sid accountSid, string to, string body, PoolSender? sender, MessagingService? service,
        string? statusCallback = null, int? validityPeriod = null) =>
        new OutboundMessage(sid, accountSid, to, body)
        {
            MessagingServiceSid = service?.Sid,
            StatusCallback = statusCallback,
            ValidityPeriod = validityPeriod,
        }.Complete(sid, to, sender, service);

    /// <summary>Completes a message with the results of its checks, and with the settings of the Messaging Service for
    /// those that it does not have itself.</summary>
    /// <inheritdoc cref="Create"/>
    public OutboundMessage Complete(Sid sid, string to, PoolSender? sender, MessagingService? service) => this with
    {
        Sid = sid,
        To = to,
        From = sender?.Address,
        ChannelInstallSid = sender?.ChannelInstallSid,
        StatusCallback = StatusCallback ?? service?.StatusCallback,
        ValidityPeriod = ValidityPeriod ?? service?.ValidityPeriod,
    };
}
