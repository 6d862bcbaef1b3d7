namespace MessagingServices.Domain.Messages;

/// <summary>Settings of one message beside its text. The database stores them as one number.</summary>
[Flags]
public enum MessageOptions
{
    None = 0,

    /// <summary>
    /// Smart encoding is on if the message is sent as SMS. Either the message asked for it (<c>SmartEncoded=true</c>),
    /// or its Messaging Service did when the sender was selected.
    /// </summary>
    SmartEncoded = 1,

    /// <summary>The text is sent as one MMS without media (<c>SendAsMms=true</c>).</summary>
    SendAsMms = 2,

    /// <summary>Body and media are removed when the message ends (<c>ContentRetention=discard</c>).</summary>
    DiscardContent = 4,

    /// <summary>
    /// The recipient's number is obfuscated when the message ends (<c>AddressRetention=obfuscate</c>).
    /// </summary>
    ObfuscateAddress = 8,

    /// <summary>The application will report the outcome (<c>ProvideFeedback=true</c>).</summary>
    ProvideFeedback = 16,

    /// <summary>Smart encoding is off, even if the Messaging Service has it on (<c>SmartEncoded=false</c>).</summary>
    NotSmartEncoded = 32,

    /// <summary>
    /// A reply that the server sends to a keyword. It also reaches recipients that have opted out, costs nothing and
    /// sends no status callbacks.
    /// </summary>
    Automatic = 64,

    /// <summary>
    /// Status callbacks are GET requests (<c>method</c> beside <c>action</c> of a TwiML reply). All others are POST.
    /// </summary>
    StatusCallbackByGet = 128,

    /// <summary>
    /// The content comes from a template. Once approved, WhatsApp also delivers it outside of its 24-hour window.
    /// </summary>
    Template = 256,
}
