using System.ComponentModel.DataAnnotations;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Startup;
using MessagingServices.Server.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Configuration;

/// <summary>Options are bound to their sections; what cannot be read is refused in one sentence.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("#10")]
    [InlineData("0x10")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void A_number_is_written_in_digits(string text)
    {
        var error = Assert.Throws<StartupException>(() => Read<CarrierOptions>(("Carrier:SentDelayMs", text)));

        Assert.Equal($"Carrier:SentDelayMs is '{text}': set it to a number from 0 to 86400000.", error.Message);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("86400000", 86_400_000)]
    public void The_ends_of_a_range_are_allowed(string text, int value) =>
        Assert.Equal(value, Read<CarrierOptions>(("Carrier:SentDelayMs", text)).SentDelayMs);

    [Fact]
    public void A_setting_without_a_value_keeps_its_default()
    {
        Assert.Equal(100, Read<CarrierOptions>(("Carrier:SentDelayMs", null)).SentDelayMs);
        Assert.Equal(AccountOptions.DefaultSid, Read<AccountOptions>(("Account:Sid", null)).Sid.Value);
        Assert.True(Read<PipelineOptions>(("Pipeline:Stages", null)).Runs("SelectSenders"));
    }

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    public void A_switch_is_true_or_false(string text, bool value) =>
        Assert.Equal(value, Read<ComplianceOptions>(("Compliance:EnforceA2P", text)).EnforceA2P);

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("")]
    public void Another_word_is_refused_for_a_switch(string text) => Assert.Equal(
        $"Compliance:EnforceA2P is '{text}': set it to true or false.",
        Assert.Throws<StartupException>(() => Read<ComplianceOptions>(("Compliance:EnforceA2P", text))).Message);

    [Fact]
    public void Rates_that_are_not_set_are_those_of_twilio()
    {
        var options = Read<ThroughputOptions>(("Throughput:Simulate", "true"), ("Throughput:ShortCode", "7"));

        Assert.True(options.Simulate);
        Assert.Equal(new SendingRates { ShortCode = 7 }, options.Rates);
        Assert.Equal(new SendingRates(), Read<ThroughputOptions>().Rates);
    }

    [Theory]
    [InlineData("Throughput:Foo")]
    [InlineData("Throughput:Rates:ShortCode")]
    public void An_unknown_key_of_the_throughput_is_refused(string key) => Assert.EndsWith(
        "is no setting: there are Simulate, LongCodeToUs, CampaignToUs, LongCodeToCanada, TollFree, OtherCountries, "
        + "ShortCode, Rcs, WhatsApp, MmsLongCode, MmsTollFree, MmsShortCode.",
        Assert.Throws<StartupException>(() => Read<ThroughputOptions>((key, "1"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("all", true, true)]
    [InlineData(" ALL ", true, true)]
    [InlineData("", false, false)]
    [InlineData("selectsenders, HandToCarrier", true, false)]
    [InlineData("PostStatusCallbacks", false, true)]
    [InlineData("DeliverWebhooks", false, true)]
    public void Stages_are_all_or_those_with_the_names(string text, bool selects, bool delivers)
    {
        var options = Read<PipelineOptions>(("Pipeline:Stages", text));

        Assert.Equal((selects, delivers), (options.Runs("SelectSenders"), options.Runs("DeliverWebhooks")));
    }

    [Fact]
    public void A_list_is_a_list_or_a_text_with_commas()
    {
        Assert.Equal(["10.0.0.0/8", "::1/128"],
            Read<WebhookOptions>(("Webhooks:AllowedNetworks", "10.0.0.0/8, ::1/128")).AllowedNetworks);
        Assert.Equal(["10.0.0.0/8", "::1/128"], Read<WebhookOptions>(
            ("Webhooks:AllowedNetworks:0", "10.0.0.0/8"), ("Webhooks:AllowedNetworks:1", "::1/128")).AllowedNetworks);
        Assert.True(Read<PipelineOptions>(("Pipeline:Stages:0", "SelectSenders")).Runs("SelectSenders"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("https://example.com/base/", "https://example.com/base")]
    public void A_public_url_has_no_slash_at_the_end(string text, string? url) =>
        Assert.Equal(url, Read<PublicUrlOptions>(("PublicUrl", text)).Url);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4317", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", " ", false)]
    public void Traces_are_on_with_an_endpoint(string key, string value, bool isOn) =>
        Assert.Equal(isOn, Read<TracingOptions>((key, value)).IsOn);

    [Fact]
    public void A_malformed_token_is_not_repeated()
    {
        var error = Assert.Throws<StartupException>(() => Read<AccountOptions>(("Account:AuthToken", "my-secret")));

        Assert.DoesNotContain("my-secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_before_the_database_is_touched()
    {
        var error = Assert.Throws<StartupException>(() => Program.Build(
            ["--Retention:Days", "36501", "--ConnectionStrings:Postgres", "Host=127.0.0.1;Port=9"]));

        Assert.Equal("Retention:Days is '36501': set it to a number from 0 to 36500.", error.Message);
    }

    [Fact]
    public void Defaults_are_valid()
    {
        // A section without values is not checked.
        foreach (var type in OptionsClasses())
        {
            var defaults = Activator.CreateInstance(type)!;
            Validator.ValidateObject(defaults, new(defaults), validateAllProperties: true);
        }
    }

    [Fact]
    public async Task Every_options_class_is_registered()
    {
        Type[] readByRegistration = [typeof(ListeningOptions), typeof(TracingOptions)];
        await using var app = Program.Build(
            ["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Postgres", "Host=localhost"]);

        var missing = OptionsClasses().Except(readByRegistration)
            .Where(type => app.Services.GetService(type) is null);

        Assert.Empty(missing);
    }

    [Fact]
    public void Endpoints_of_kestrel_replace_the_urls()
    {
        var addresses = ListeningAddresses.Read(Configuration(
            ("urls", "http://localhost:8080"), ("Kestrel:Endpoints:Open:Url", "http://0.0.0.0:8080")));

        Assert.False(addresses.AreLoopback, "Kestrel would listen on the network.");
        Assert.True(ListeningAddresses.Read(Configuration(("urls", "http://[::1]:1;http://127.0.0.2:1"))).AreLoopback);
        Assert.False(ListeningAddresses.Read(Configuration(("http_ports", "8080"))).AreLoopback);
        Assert.True(ListeningAddresses.Read(Configuration()).AreUnset);
    }

    [Fact]
    public void Prices_join_the_built_in_ones()
    {
        var prices = new PriceOptions();

        prices.Read(Configuration(("Prices:Sms:us", "0.5"), ("Prices:rcs:Default", "0.25")));

        Assert.Equal((0.5m, 0.0083m, 0.25m),
            (prices.List.Of(Tariff.Sms, "US"), prices.List.Of(Tariff.Sms, "CA"), prices.List.Of(Tariff.Rcs, "JP")));
    }

    private static TOptions Read<TOptions>(params (string Key, string? Value)[] settings)
        where TOptions : class, new() =>
        SectionBinder.Read<TOptions>(Configuration(settings));

    private static IEnumerable<Type> OptionsClasses() => typeof(Program).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(SectionAttribute), inherit: false));

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
}
