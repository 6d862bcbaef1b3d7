namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>The rules of WhatsApp.</summary>
[Section("WhatsApp", "Which rules of WhatsApp the simulated carrier enforces.",
    See = "messages.md#whatsapps-24-hour-window")]
internal sealed class WhatsAppOptions
{
    [Setting("`true`: a WhatsApp message that comes from no approved content template fails with 63016, unless the "
        + "recipient has written to its sender in the last 24 hours of the emulator's clock.")]
    public bool EnforceWindow { get; init; } = true;
}
