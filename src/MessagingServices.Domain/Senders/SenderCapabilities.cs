namespace MessagingServices.Domain.Senders;

/// <summary>What a sender can carry.</summary>
[Flags]
public enum SenderCapabilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Sms = 1,

    /// <summary>Text with media.</summary>
    Mms = 2,

    /// <summary>Calls; not used here, but shown.</summary>
    Voice = 4,
}
