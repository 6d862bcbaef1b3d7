namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>How fast the simulated carrier is: the section <c>Carrier</c>.</summary>
internal sealed class CarrierOptions
{
    /// <summary>From the hand-over to the report that the message is sent, in milliseconds.</summary>
    public int SentDelayMs { get; init; } = 100;

    /// <summary>From sent to delivered, in milliseconds.</summary>
    public int DeliveredDelayMs { get; init; } = 100;

    /// <summary>The delays, as the domain takes them.</summary>
    public CarrierDelays Delays => new(SentDelayMs, DeliveredDelayMs);

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A delay is unreadable, negative or longer than a day.</exception>
    internal static CarrierOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Carrier");
        var defaults = new CarrierOptions();
        return new()
        {
            SentDelayMs = Settings.DelayMs(section, nameof(SentDelayMs), defaults.SentDelayMs),
            DeliveredDelayMs = Settings.DelayMs(section, nameof(DeliveredDelayMs), defaults.DeliveredDelayMs),
        };
    }
}
