namespace MessagingServices.Server.Engine;

/// <summary>How the emulator's clock begins.</summary>
[Section("Clock", "How the emulator's clock begins.", See = "emulator-api.md#advance-or-set-the-clock")]
internal sealed class ClockOptions
{
    [Setting("`true`: the clock is frozen at the moment of the first start and moves only through the emulator API.")]
    public bool Frozen { get; init; }
}
