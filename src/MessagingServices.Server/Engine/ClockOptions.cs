namespace MessagingServices.Server.Engine;

/// <summary>How the clocks of accounts begin.</summary>
[Section("Clock", "How the clocks of accounts begin.", See = "emulator-api.md#advance-or-set-the-clock")]
internal sealed class ClockOptions
{
    [Setting("`true`: the clock of the configured account is frozen at the moment of the first start, that of a "
        + "subaccount at its creation. They move only through the emulator API.")]
    public bool Frozen { get; init; }
}
