namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Options of a server that is started as a process.</summary>
internal static class Fast
{
    /// <summary>The carrier takes 10 ms a step: a hand-over that is repeated finds the message delivered.</summary>
    public static readonly string[] Carrier = ["--Carrier:SentDelayMs", "10", "--Carrier:DeliveredDelayMs", "10"];

    /// <summary>The carrier takes no time: on a clock that stands too, messages are delivered.</summary>
    public static readonly string[] NoDelay = ["--Carrier:SentDelayMs", "0", "--Carrier:DeliveredDelayMs", "0"];
}
