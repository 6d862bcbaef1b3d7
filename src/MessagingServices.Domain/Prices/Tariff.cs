namespace MessagingServices.Domain.Prices;

/// <summary>What a message is charged as.</summary>
public enum Tariff
{
    /// <summary>Text over SMS, by the segment.</summary>
    Sms,

    /// <summary>With media, or a text that goes as MMS: by the message.</summary>
    Mms,

    /// <summary>Over RCS, by the segment.</summary>
    Rcs,

    /// <summary>Over WhatsApp, by the message.</summary>
    WhatsApp,
}
