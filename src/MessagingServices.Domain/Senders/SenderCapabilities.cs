namespace MessagingServices.Domain.Senders;

[Flags]
public enum SenderCapabilities
{
    None = 0,

    Sms = 1,

    Mms = 2,

    /// <summary>Calls; returned by the API, without effect.</summary>
    Voice = 4,
}
