using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>That a recipient wants no messages from a sender, or from any sender of a Messaging Service.</summary>
public sealed class OptOut
{
    /// <summary>The source of opt-outs that the application has told of.</summary>
    public const string Consent = "consent";

    /// <summary>Whose sender or Messaging Service it is.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The SID of a Messaging Service, or the address of a sender.</summary>
    public required string Scope { get; init; }

    /// <summary>The recipient's number in E.164, without a channel's prefix.</summary>
    public required string Recipient { get; init; }

    /// <summary><see cref="Channel.Sms"/>, which stands for SMS, MMS and RCS, or <see cref="Channel.WhatsApp"/>: see <see cref="GroupOf"/>.</summary>
    public required Channel Channel { get; init; }

    /// <summary>The keyword in capital letters, or <see cref="Consent"/>.</summary>
    public required string Source { get; init; }

    /// <summary>When, on the emulator's clock.</summary>
    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The group of channels that share opt-outs: SMS, MMS and RCS are one, WhatsApp is another.</summary>
    public static Channel GroupOf(Channel channel) => channel switch
    {
        Channel.Sms or Channel.Rcs => Channel.Sms,
        Channel.WhatsApp => Channel.WhatsApp,
    };
}
