using System.Reflection;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Configuration;

/// <summary>The page about the configuration is the one that the options classes make.</summary>
public sealed class ConfigurationPageTests
{
    private const string Update = "UPDATE_DOCS";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "configuration.md");

    [Fact]
    public void The_page_matches_the_options()
    {
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 }) File.WriteAllText(Page, SettingsPage.Text);

        var text = File.Exists(Page) ? File.ReadAllText(Page) : "";
        Assert.True(text == SettingsPage.Text,
            $"docs/configuration.md differs from the options. Make it again: "
            + $"{Update}=1 ./dev test {nameof(ConfigurationPageTests)}");
    }

    [Fact]
    public void Every_setting_of_an_options_class_is_described()
    {
        var undescribed = from type in typeof(Program).Assembly.GetTypes()
            where type.IsDefined(typeof(SectionAttribute), inherit: false)
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            where !property.IsDefined(typeof(SettingAttribute), inherit: false)
            select $"{type.Name}.{property.Name}";

        Assert.Empty(undescribed);
    }

    [Fact]
    public void Every_setting_has_a_key_of_its_own()
    {
        var keys = SettingsCatalog.Sections.SelectMany(section => section.Settings)
            .Select(setting => setting.Key).ToList();

        Assert.Equal(keys.Distinct(StringComparer.OrdinalIgnoreCase), keys);
        Assert.Contains("Carrier:SentDelayMs", keys);
        Assert.Contains("PublicUrl", keys);
    }

    [Fact]
    public void A_setting_is_described_with_default_and_range()
    {
        var carrier = SettingsCatalog.Sections.Single(section => section.Title == "Carrier");

        var delay = carrier.Settings.Single(setting => setting.Key == "Carrier:SentDelayMs");

        Assert.Equal(("`100`", "0 to 86400000"), (delay.Default, delay.Values));
    }

    [Fact]
    public void Sections_of_libraries_join_those_of_the_server()
    {
        var traces = SettingsCatalog.Sections.Single(section => section.Title == "OpenTelemetry");

        Assert.Equal("OTEL_EXPORTER_OTLP_ENDPOINT", traces.Settings[0].Key);
        Assert.Contains(traces.Settings, setting => setting.Key == "OTEL_SERVICE_NAME");
        Assert.Equal("Addresses", SettingsCatalog.Sections[0].Title);
    }
}
