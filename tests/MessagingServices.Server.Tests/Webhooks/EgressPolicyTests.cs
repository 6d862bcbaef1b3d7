using System.Net;
using MessagingServices.Server.OutgoingHttp;
using Microsoft.Extensions.Configuration;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class EgressPolicyTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1%1")]
    [InlineData("ff02::1")]
    public void Special_addresses_are_blocked_only_by_the_setting(string address)
    {
        Assert.False(Blocking().Allow(IPAddress.Parse(address)));
        Assert.True(new EgressPolicy(new WebhookOptions()).Allow(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.128.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1")]
    public void Public_addresses_are_not_blocked(string address) =>
        Assert.True(Blocking().Allow(IPAddress.Parse(address)));

    [Fact]
    public void Allowed_networks_are_exempt_in_any_notation()
    {
        var networks = Blocking("10.0.0.0/8", "fd00:1::/32");

        Assert.True(networks.Allow(IPAddress.Parse("10.9.9.9")));
        Assert.True(networks.Allow(IPAddress.Parse("::ffff:10.9.9.9")));
        Assert.True(networks.Allow(IPAddress.Parse("fd00:1::5")));
        Assert.False(networks.Allow(IPAddress.Parse("192.168.0.1")));
        Assert.False(networks.Allow(IPAddress.Parse("fd00:2::5")));
    }

    [Fact]
    public void Settings_have_defaults_and_are_read_as_lists_or_text()
    {
        var unset = Read();
        Assert.Equal((1024, 64, false, 0), Described(unset));

        var set = Read(("MaxConcurrency", "10"), ("MaxConcurrencyPerEndpoint", "2"),
            ("BlockPrivateNetworks", "True"), ("AllowedNetworks", "10.0.0.0/8, 127.0.0.1/32"));
        Assert.Equal((10, 2, true, 2), Described(set));
        var list = Read(("AllowedNetworks:0", "10.0.0.0/8"), ("AllowedNetworks:1", "::1/128"));
        Assert.Equal(2, list.AllowedNetworks.Count);
    }

    [Theory]
    [InlineData("MaxConcurrency", "0")]
    [InlineData("MaxConcurrencyPerEndpoint", "many")]
    [InlineData("BlockPrivateNetworks", "maybe")]
    [InlineData("AllowedNetworks", "10.0.0.0/40")]
    public void Wrong_settings_stop_the_start_and_are_named(string key, string value) =>
        Assert.Contains(
            key, Assert.Throws<StartupException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    private static (int, int, bool, int) Described(WebhookOptions options) => (options.MaxConcurrency,
        options.MaxConcurrencyPerEndpoint, options.BlockPrivateNetworks, options.AllowedNetworks.Count);

    private static EgressPolicy Blocking(params string[] allowed) =>
        new(new WebhookOptions { BlockPrivateNetworks = true, AllowedNetworks = allowed });

    private static WebhookOptions Read(params (string Key, string Value)[] settings) =>
        SectionBinder.Read<WebhookOptions>(
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(s => $"Webhooks:{s.Key}", s => (string?)s.Value)).Build());
}
