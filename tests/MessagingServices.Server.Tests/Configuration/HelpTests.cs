using MessagingServices.Server.Startup;

namespace MessagingServices.Server.Tests.Configuration;

/// <summary>The help lists all settings and starts nothing.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public async Task It_lists_all_settings_without_a_database(string request)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exitCode = await ServerHost.RunAsync(
            ["--ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1", request], output, errors);

        Assert.Equal((0, ""), (exitCode, errors.ToString()));
        var text = output.ToString();
        foreach (var setting in SettingsCatalog.Sections.SelectMany(section => section.Settings))
            Assert.Contains($"--{setting.Key}\n", text, StringComparison.Ordinal);
        Assert.Contains("Values: 0 to 86400000", text, StringComparison.Ordinal);
        Assert.DoesNotContain('`', text);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 110, line));
    }

    [Theory]
    [InlineData("[page](docs/x.md) and [site](https://example.com/a)", "page and site (https://example.com/a)")]
    [InlineData("no link", "no link")]
    public void Links_become_text(string markdown, string text) => Assert.Equal(text, TextLines.LinksAsText(markdown));

    [Theory]
    [InlineData("one two three", new[] { "one two", "three" })]
    [InlineData("unbreakable", new[] { "unbreakable" })]
    [InlineData("", new string[0])]
    public void Lines_break_between_words(string text, string[] lines) => Assert.Equal(lines, TextLines.Wrap(text, 8));
}
