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

    /// <summary>Over WhatsApp, by the message; inbound too.</summary>
    WhatsApp,

    /// <summary>Inbound text over SMS or RCS, by the segment; the country is that of the number that receives it.</summary>
    InboundSms,

    /// <summary>Inbound with media, by the message; the country is that of the number that receives it.</summary>
    InboundMms,
}
