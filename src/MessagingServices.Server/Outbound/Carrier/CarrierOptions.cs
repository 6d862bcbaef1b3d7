using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>How fast the simulated carrier is.</summary>
[Section("Carrier", "How fast the simulated carrier is.", See = "emulator-api.md#create-a-carrier-rule")]
internal sealed class CarrierOptions
{
    private const int MaxDelayMs = 24 * 60 * 60 * 1000;

    [Setting("Milliseconds from when the carrier gets a message until it reports `sent`; at most a day.")]
    [Range(0, MaxDelayMs)]
    public int SentDelayMs { get; init; } = 100;

    [Setting("Milliseconds from `sent` until the carrier reports `delivered`; at most a day.")]
    [Range(0, MaxDelayMs)]
    public int DeliveredDelayMs { get; init; } = 100;

    /// <summary>The delays, as the domain takes them.</summary>
    internal CarrierDelays Delays => new(SentDelayMs, DeliveredDelayMs);
}
