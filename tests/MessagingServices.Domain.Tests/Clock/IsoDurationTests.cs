namespace MessagingServices.Domain.Tests.Clock;

/// <summary>Durations as ISO 8601 writes them.</summary>
public sealed class IsoDurationTests
{
    private static readonly DateTimeOffset LeapDay = new(2028, 2, 29, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("PT1H", "2028-02-29T13:00:00")]
    [InlineData("P1D", "2028-03-01T12:00:00")]
    [InlineData("P1W", "2028-03-07T12:00:00")]
    [InlineData("P1M", "2028-03-29T12:00:00")]
    [InlineData("P1Y", "2029-02-28T12:00:00")]
    [InlineData("P1Y2M1W3DT4H5M6.5S", "2029-05-09T16:05:06.5")]
    [InlineData("PT0,25S", "2028-02-29T12:00:00.25")]
    [InlineData("PT1.5H", "2028-02-29T13:30:00")]
    [InlineData("PT36H", "2028-03-02T00:00:00")]
    [InlineData("PT0.0000019S", "2028-02-29T12:00:00.000001")]
    public void Durations_are_added(string text, string expected)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration));
        Assert.Equal(DateTimeOffset.Parse(expected + "Z", System.Globalization.CultureInfo.InvariantCulture),
            duration.After(LeapDay));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1D")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("p1d")]
    [InlineData("-P1D")]
    [InlineData("P-1D")]
    [InlineData("+P1D")]
    [InlineData("P1D ")]
    [InlineData("P1D\n")]
    [InlineData("PT1S1H")]
    [InlineData("P1.5Y")]
    [InlineData("P٣D")]
    [InlineData("P99999999999D")]
    [InlineData("PT99999999999999999999999999999999S")]
    [InlineData("P999999999Y")]
    public void Nothing_else_is_one(string? text) => Assert.False(IsoDuration.TryParse(text, out _));

    [Fact]
    public void Beyond_the_calendar_there_is_nothing()
    {
        Assert.True(IsoDuration.TryParse("P9000Y", out var duration));
        Assert.Null(duration.After(LeapDay));
    }
}
