namespace MessagingServices.Server.Tests.Data;

/// <summary>What a connection string does not say, the server decides.</summary>
public sealed class ConnectionDefaultsTests
{
    [Fact]
    public void What_is_not_named_is_set()
    {
        var settings = ConnectionDefaults.Complete("Host=x");

        Assert.Equal((40, 50, 5, 500, 1),
            (settings.MaxPoolSize, settings.MaxAutoPrepare, settings.Timeout, settings.CancellationTimeout,
            settings.HostRecheckSeconds));
    }

    [Theory]
    [InlineData("Host=x;Maximum Pool Size=7;Max Auto Prepare=0;Timeout=15;Cancellation Timeout=2000;"
        + "Host Recheck Seconds=4")]
    [InlineData("Server=x;MaxPoolSize=7;MaxAutoPrepare=0;timeout=15;CancellationTimeout=2000;"
        + "HostRecheckSeconds=4")]
    public void What_is_named_stays(string connectionString)
    {
        var settings = ConnectionDefaults.Complete(connectionString);

        Assert.Equal((7, 0, 15, 2000, 4),
            (settings.MaxPoolSize, settings.MaxAutoPrepare, settings.Timeout, settings.CancellationTimeout,
            settings.HostRecheckSeconds));
    }

    [Fact]
    public void A_password_is_not_repeated_when_the_string_is_none()
    {
        var failure =
            Assert.Throws<StartupException>(() => ConnectionDefaults.Complete("Host=x;Password=secret123;Colour=blue"));

        Assert.DoesNotContain("secret123", failure.Message, StringComparison.Ordinal);
    }
}
