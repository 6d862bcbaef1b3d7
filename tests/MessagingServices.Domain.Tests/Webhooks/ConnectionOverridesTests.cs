using CsCheck;

namespace MessagingServices.Domain.Tests.Webhooks;

public class ConnectionOverridesTests
{
    private const string Url = "https://example.com/foo?query=123";

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#section")]
    [InlineData("#RC=3&retries=3&=3&&sni=n")]
    public void Defaults_apply_without_known_keys(string fragment)
    {
        var overrides = ConnectionOverrides.Parse(Url + fragment);

        Assert.Equal(1, overrides.RetryCount);
        Assert.Equal(RetryOn.ConnectFailures, overrides.RetryOn);
        Assert.Equal(TimeSpan.FromSeconds(5), overrides.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(15), overrides.ReadTimeout);
        Assert.Equal(TimeSpan.FromSeconds(15), overrides.TotalTimeout);
        Assert.Empty(overrides.Warnings);
    }

    [Theory]
    [InlineData("rc=0", 0)]
    [InlineData("rc=5", 5)]
    [InlineData("rc=2&ct=1000", 2)]
    [InlineData("rc=2&rc=3", 3)]
    [InlineData("rc=6", 1)]
    [InlineData("rc=-1", 1)]
    [InlineData("rc=+2", 1)]
    [InlineData("rc=2.0", 1)]
    [InlineData("rc=", 1)]
    [InlineData("rc", 1)]
    [InlineData("rc=99999999999", 1)]
    public void Retry_count_is_0_to_5(string fragment, int expected) =>
        Assert.Equal(expected, ConnectionOverrides.Parse($"{Url}#{fragment}").RetryCount);

    [Theory]
    [InlineData("4xx", RetryOn.ClientErrors)]
    [InlineData("5xx", RetryOn.ServerErrors)]
    [InlineData("ct", RetryOn.ConnectFailures)]
    [InlineData("rt", RetryOn.ReadTimeouts)]
    [InlineData("all", RetryOn.All)]
    [InlineData("ct,rt", RetryOn.ConnectFailures | RetryOn.ReadTimeouts)]
    [InlineData("4xx%2C5xx", RetryOn.ClientErrors | RetryOn.ServerErrors)]
    [InlineData("4xx,5xx,ct,rt", RetryOn.All)]
    public void Retry_policy_is_a_list_of_failures(string list, RetryOn expected)
    {
        var overrides = ConnectionOverrides.Parse($"{Url}#rp={list}");

        Assert.Equal(expected, overrides.RetryOn);
        Assert.Empty(overrides.Warnings);
    }

    [Theory]
    [InlineData("rp=6xx")]
    [InlineData("rp=")]
    [InlineData("rp=rt,never")]
    [InlineData("rp=rt;ct")]
    [InlineData("rp=never&rp=always")]
    [InlineData("rp=rt&rp=never")]
    public void Invalid_retry_policy_warns_and_keeps_the_default(string fragment)
    {
        var overrides = ConnectionOverrides.Parse($"{Url}#{fragment}");

        Assert.Equal(RetryOn.ConnectFailures, overrides.RetryOn);
        Assert.Equal([11243], overrides.Warnings);
    }

    [Theory]
    [InlineData("ct=100&rt=100&tt=100", 100, 100, 100)]
    [InlineData("ct=10000&rt=15000&tt=15000", 10000, 15000, 15000)]
    [InlineData("ct=1000&rt=2000&tt=3000", 1000, 2000, 3000)]
    [InlineData("ct=99&rt=99&tt=99", 5000, 15000, 15000)]
    [InlineData("ct=10001&rt=15001&tt=15001", 5000, 15000, 15000)]
    [InlineData("ct=1s&rt=&tt=x", 5000, 15000, 15000)]
    [InlineData("ct=10001&rt=1000", 5000, 1000, 15000)]
    public void Timeouts_are_milliseconds_within_limits(string fragment, int connect, int read, int total)
    {
        var overrides = ConnectionOverrides.Parse($"{Url}#{fragment}");

        Assert.Equal(connect, overrides.ConnectTimeout.TotalMilliseconds);
        Assert.Equal(read, overrides.ReadTimeout.TotalMilliseconds);
        Assert.Equal(total, overrides.TotalTimeout.TotalMilliseconds);
        Assert.Empty(overrides.Warnings);
    }

    [Theory]
    [InlineData("e=ashburn")]
    [InlineData("e=ashburn,umatilla")]
    [InlineData("e=frankfurt-ix")]
    public void Edge_locations_of_Twilio_are_accepted(string fragment) =>
        Assert.Empty(ConnectionOverrides.Parse($"{Url}#{fragment}").Warnings);

    [Theory]
    [InlineData("e=atlantis", new[] { 11240 })]
    [InlineData("e=ashburn,atlantis", new[] { 11240 })]
    [InlineData("e=", new[] { 11240 })]
    [InlineData("rp=never&e=atlantis", new[] { 11243, 11240 })]
    public void Unknown_edge_location_warns(string fragment, int[] warnings) =>
        Assert.Equal(warnings, ConnectionOverrides.Parse($"{Url}#{fragment}").Warnings);

    [Theory]
    [InlineData("https://example.com/foo?query=123#rc=2", "https://example.com/foo?query=123")]
    [InlineData("https://example.com/#a#b", "https://example.com/")]
    [InlineData("https://example.com", "https://example.com")]
    public void Fragment_is_not_requested(string url, string requested) =>
        Assert.Equal(requested, ConnectionOverrides.WithoutFragment(url));

    [Fact]
    public void Parsing_never_fails_and_keeps_the_limits() =>
        Gen.Select(Gen.OneOf("rc", "rp", "ct", "rt", "tt", "e"),
            Gen.OneOf<string>(Gen.String, Gen.Int[-10, 20000].Select(number => $"{number}")))
            .Sample((key, value) =>
            {
                var overrides = ConnectionOverrides.Parse($"{Url}#{key}={value}");
                return overrides.RetryCount is >= 0 and <= 5
                    && overrides.ConnectTimeout.TotalMilliseconds is >= 100 and <= 10000
                    && overrides.ReadTimeout.TotalMilliseconds is >= 100 and <= 15000
                    && overrides.TotalTimeout.TotalMilliseconds is >= 100 and <= 15000;
            });
}
