using CsCheck;

namespace MessagingServices.Domain.Tests.Content;

public sealed class PlaceholdersTests
{
    private static readonly Dictionary<string, string> Values =
        new() { ["1"] = "one", ["name"] = "{{1}}", ["empty"] = "" };

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("{{1}}", "one")]
    [InlineData("a {{1}} b {{1}}{{empty}}.", "a one b one.")]
    [InlineData("{{name}}", "{{1}}")]
    [InlineData("{{2}} {{1}}", "{{2}} one")]
    [InlineData("{{ 1 }}", "{{ 1 }}")]
    [InlineData("{{{1}}}", "{one}")]
    [InlineData("{{{{1}}}}", "{{one}}")]
    [InlineData("}}{{1}}{{", "}}one{{")]
    [InlineData("{{1", "{{1")]
    [InlineData("{{x}}}}{{1}}", "{{x}}}}one")]
    public void Known_placeholders_are_replaced_and_nothing_else_changes(string text, string filled) =>
        Assert.Equal(filled, Placeholders.Fill(text, Values, 100));

    [Fact]
    public void Text_without_braces_is_kept_and_placeholders_alone_give_the_values() =>
        Gen.OneOf("1", "name", "empty", "a", " ", "é", "🚀").Array.Sample(parts =>
            Placeholders.Fill(string.Concat(parts.Select(part => Values.ContainsKey(part) ? $"{{{{{part}}}}}" : part)),
                Values, int.MaxValue)
            == string.Concat(parts.Select(part => Values.GetValueOrDefault(part, part))));

    [Fact]
    public void Result_is_never_longer_than_the_limit() =>
        Gen.Select(Gen.OneOf("{", "}", "1", "{{1}}", "x").Array, Gen.Int[0, 20]).Sample((parts, maxLength) =>
    {
        var text = string.Concat(parts);
        var whole = Placeholders.Fill(text, Values, int.MaxValue)!;
        return Placeholders.Fill(text, Values, maxLength) == (whole.Length <= maxLength ? whole : null);
    });
}
