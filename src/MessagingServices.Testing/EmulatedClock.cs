using System.Xml;
using MessagingServices.Testing.Http;

namespace MessagingServices.Testing;

/// <summary>
/// The clock of an account: schedules, validity periods, carriers and registrations follow it. No other account notices
/// its moves.
/// </summary>
public sealed class EmulatedClock
{
    internal const string Path = "/emulator/v1/Clock";

    private readonly EmulatorApi api;

    internal EmulatedClock(EmulatorApi api) => this.api = api;

    /// <summary>Stops the clock: from now on it moves only when the test moves it.</summary>
    public Task FreezeAsync() => api.PostAsync(Path, ("Frozen", "true"));

    /// <summary>
    /// Advances the clock, frozen or not. Everything that becomes due happens, each thing at its time, before the call
    /// returns: messages have their statuses, and status callbacks have had their first attempt or are in progress.
    /// </summary>
    /// <param name="by">How far; zero finishes what is due now.</param>
    public Task AdvanceAsync(TimeSpan by)
    {
        if (by < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(by), by, "Clocks only move forward.");
        return api.PostAsync(Path, ("Advance", XmlConvert.ToString(by)));
    }

    /// <summary>
    /// Advances the clock to the next thing that is due, such as a scheduled message or a report of the carrier. Where
    /// nothing is due it stays.
    /// </summary>
    public Task AdvanceToNextAsync() => api.PostAsync(Path, ("Advance", "next"));
}
