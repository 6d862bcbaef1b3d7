namespace MessagingServices.Server.Engine;

/// <summary>The queues that stages work on. A commit names those that it fed, and wakes their stages.</summary>
[Flags]
internal enum WorkQueues
{
    None = 0,

    /// <summary>Messages that need a sender; scheduled messages wait here for their time.</summary>
    SelectSender = 1,

    /// <summary>Messages whose media must be fetched.</summary>
    FetchMedia = 2,

    /// <summary>Messages with a sender that the carrier does not have yet.</summary>
    HandToCarrier = 4,

    /// <summary>Messages on which the carrier reports next.</summary>
    CarrierReports = 8,

    /// <summary>Webhooks that are not delivered yet: the outbox.</summary>
    Webhooks = 16,

    /// <summary>Messages that a server has given up and that wait to come back into the other queues.</summary>
    Released = 32,

    All = SelectSender | FetchMedia | HandToCarrier | CarrierReports | Webhooks | Released,
}
