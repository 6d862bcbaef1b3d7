namespace MessagingServices.Domain.Senders;

/// <summary>The types of senders. Source: https://www.twilio.com/docs/messaging/services#sender-selection.</summary>
public enum SenderType
{
    /// <summary>An agent on RCS: <c>rcs:</c> and its name.</summary>
    Rcs,

    /// <summary>A business on WhatsApp: <c>whatsapp:</c> and its number.</summary>
    WhatsApp,

    /// <summary>Three to eight digits, valid in one country only.</summary>
    ShortCode,

    /// <summary>A name of up to eleven characters. Recipients cannot reply to it.</summary>
    Alphanumeric,

    /// <summary>A phone number, mobile or local.</summary>
    LongCode,

    /// <summary>
    /// A toll-free phone number of the North American Numbering Plan. It reaches the US and Canada only.
    /// </summary>
    TollFree,
}
