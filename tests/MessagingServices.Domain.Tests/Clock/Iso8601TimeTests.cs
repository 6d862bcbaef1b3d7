namespace MessagingServices.Domain.Tests.Clock;

public sealed class Iso8601TimeTests
{
    [Theory]
    [InlineData("2030-01-31T10:30:00Z", "2030-01-31T10:30:00.0000000+00:00")]
    [InlineData("2030-01-31T10:30:00.5Z", "2030-01-31T10:30:00.5000000+00:00")]
    [InlineData("2030-01-31T10:30:00+02:00", "2030-01-31T08:30:00.0000000+00:00")]
    [InlineData("2030-01-31T10:30:00-0330", "2030-01-31T14:00:00.0000000+00:00")]
    [InlineData("2030-01-31T10:30:00+02", "2030-01-31T08:30:00.0000000+00:00")]
    public void Moment_has_date_time_and_zone(string text, string moment)
    {
        Assert.True(Iso8601Time.TryParse(text, out var read));
        Assert.Equal(moment, read.ToString("O"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2030-01-31")]
    [InlineData("2030-01-31T10:30Z")]
    [InlineData("2030-01-31T10:30:00")]
    [InlineData("2030-01-31 10:30:00Z")]
    [InlineData("2030-01-31T10:30:00 02:00")]
    [InlineData("2030-01-31T10:30:00Z ")]
    [InlineData("2030-02-30T10:30:00Z")]
    [InlineData("2030-01-31T25:30:00Z")]
    [InlineData("20300131T103000Z")]
    [InlineData("Thu, 31 Jan 2030 10:30:00 +0000")]
    [InlineData("٢٠٣٠-01-31T10:30:00Z")]
    public void Other_texts_are_no_moments(string? text) => Assert.False(Iso8601Time.TryParse(text, out _));
}
