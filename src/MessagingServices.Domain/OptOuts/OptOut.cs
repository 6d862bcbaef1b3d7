using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>That a recipient wants no messages from a sender, or from any sender of a Messaging Service.</summary>
/// <param name="accountSid">Whose sender or Messaging Service it is.</param>
/// <param name="scope">What the recipient has opted out of.</param>
/// <param name="recipient">The recipient's number.</param>
/// <param name="channel">The group of channels.</param>
/// <param name="source">How that became known.</param>
/// <param name="dateCreated">When.</param>
public sealed class OptOut(Sid accountSid, string scope, string recipient, Channel channel, string source, DateTimeOffset dateCreated)
{
    /// <summary>The source of opt-outs that the application has told of.</summary>
    public const string Consent = "consent";

    /// <summary>Whose sender or Messaging Service it is.</summary>
    public Sid AccountSid { get; private init; } = accountSid;

    /// <summary>The SID of a Messaging Service, or the address of a sender.</summary>
    public string Scope { get; private init; } = scope;

    /// <summary>The recipient's number in E.164, without a channel's prefix.</summary>
    public string Recipient { get; private init; } = recipient;

    /// <summary><see cref="Channel.Sms"/>, which stands for SMS, MMS and RCS, or <see cref="Channel.WhatsApp"/>: see <see cref="GroupOf"/>.</summary>
    public Channel Channel { get; private init; } = channel;

    /// <summary>The keyword in capital letters, or <see cref="Consent"/>.</summary>
    public string Source { get; private init; } = source;

    /// <summary>When, on the emulator's clock.</summary>
    public DateTimeOffset DateCreated { get; private init; } = dateCreated;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The group of channels that share opt-outs: SMS, MMS and RCS are one, WhatsApp is another.</summary>
    public static Channel GroupOf(Channel channel) => channel switch
    {
        Channel.Sms or Channel.Rcs => Channel.Sms,
        Channel.WhatsApp => Channel.WhatsApp,
    };
}
