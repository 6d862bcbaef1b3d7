using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>A recipient's opt-out from a sender, or from all senders of a Messaging Service.</summary>
public sealed class OptOut
{
    /// <summary>The source of opt-outs that the application reported.</summary>
    public const string Consent = "consent";

    public required Sid AccountSid { get; init; }

    /// <summary>The SID of a Messaging Service, or the address of a sender.</summary>
    public required string Scope { get; init; }

    /// <summary>The recipient's number in E.164, without a channel prefix.</summary>
    public required string Recipient { get; init; }

    /// <summary>
    /// The group of channels: <see cref="Channel.Sms"/> for SMS, MMS and RCS, or <see cref="Channel.WhatsApp"/>.
    /// </summary>
    public required Channel Channel { get; init; }

    /// <summary>The keyword in capital letters, or <see cref="Consent"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The time of the opt-out, on the emulator's clock.</summary>
    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>
    /// The group of channels that share opt-outs: SMS, MMS and RCS are one group, WhatsApp is another.
    /// </summary>
    public static Channel GroupOf(Channel channel) => channel switch
    {
        Channel.Sms or Channel.Rcs => Channel.Sms,
        Channel.WhatsApp => Channel.WhatsApp,
    };
}
