namespace MessagingServices.Server.Tests.Data;

/// <summary>Real time that only a test moves.</summary>
internal sealed class StoppedTime : TimeProvider
{
    private long now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now;

    public void Advance(TimeSpan by) => now += by.Ticks;
}
