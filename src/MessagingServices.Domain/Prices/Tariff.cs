namespace MessagingServices.Domain.Prices;

/// <summary>The prices that a message can have.</summary>
public enum Tariff
{
    /// <summary>SMS, for each segment.</summary>
    Sms,

    /// <summary>MMS, for each message.</summary>
    Mms,

    /// <summary>RCS, for each segment.</summary>
    Rcs,

    /// <summary>WhatsApp, for each message, outbound and inbound.</summary>
    WhatsApp,

    /// <summary>Inbound text over SMS or RCS, for each segment. The country is that of the receiving number.</summary>
    InboundSms,

    /// <summary>Inbound media, for each message. The country is that of the receiving number.</summary>
    InboundMms,
}
