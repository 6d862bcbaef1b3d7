namespace MessagingServices.Domain.Messages;

/// <summary>What an application asked for beside the text, and what holds until the message has ended. Stored as one number.</summary>
[Flags]
public enum MessageOptions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// As SMS the message goes smart-encoded: it asked for that (<c>SmartEncoded=true</c>), or its Messaging Service decided so when the
    /// sender was selected.
    /// </summary>
    SmartEncoded = 1,

    /// <summary>The text goes as one MMS without media (<c>SendAsMms=true</c>).</summary>
    SendAsMms = 2,

    /// <summary>The body and the media are removed once the message has ended (<c>ContentRetention=discard</c>).</summary>
    DiscardContent = 4,

    /// <summary>The recipient's number is obfuscated once the message has ended (<c>AddressRetention=obfuscate</c>).</summary>
    ObfuscateAddress = 8,

    /// <summary>The application will confirm the outcome (<c>ProvideFeedback=true</c>).</summary>
    ProvideFeedback = 16,

    /// <summary>The message asked for no smart encoding, whatever its Messaging Service says (<c>SmartEncoded=false</c>).</summary>
    NotSmartEncoded = 32,

    /// <summary>
    /// An answer to a keyword that the server gives by itself: it reaches recipients that have opted out, costs nothing and owes no callback.
    /// </summary>
    Automatic = 64,
}
