using CsCheck;
using MessagingServices.Domain.Extracts;

namespace MessagingServices.Domain.Tests.Extracts;

/// <summary>Texts as public applications send them, in many languages.</summary>
public sealed class RealTextTests
{
    public static TheoryData<int> Places => [.. Enumerable.Range(0, RealText.All.Count)];

    [Theory]
    [MemberData(nameof(Places))]
    public void Codes_and_links_are_those_that_a_person_takes(int place)
    {
        var text = RealText.All[place];

        var found = MessageExtracts.Of(text.Text);

        Assert.True(
            text.Codes.SequenceEqual(found.Codes) && text.Links.SequenceEqual(found.Links),
            $"""
            {text}
            codes: {string.Join(' ', found.Codes)}, not {string.Join(' ', text.Codes)}
            links: {string.Join(' ', found.Links)}, not {string.Join(' ', text.Links)}
            """);
    }

    [Fact]
    public void Another_code_in_its_place_is_found_as_well() =>
        Gen.Select(Gen.OneOf([.. RealText.All.Where(HasPlainCode)]), Gen.Char['0', '9'].Array[10])
        // Without a name, a number that may be a year is none.
        .Where((_, digits) => digits is not (['1', '9', ..] or ['2', '0', ..])).Sample((text, digits) =>
        {
            var code = text.Codes[0];
            var other = new string(digits, 0, code.Length);
            return MessageExtracts.Of(text.Text.Replace(code, other, StringComparison.Ordinal)).Codes is [var found]
                && found == other;
        });

    [Fact]
    public void Texts_are_of_many_languages_with_and_without_codes()
    {
        Assert.True(RealText.All.Select(text => text.Language).Distinct().Count() >= 20);
        Assert.True(RealText.All.Count(text => text.Codes.Length > 0) >= 100);
        Assert.True(RealText.All.Count(text => text.Codes.Length == 0) >= 100);
    }

    private static bool HasPlainCode(RealText text) =>
        text.Links is [] && text.Codes is [var code] && code.All(char.IsAsciiDigit)
        && text.Text.Contains(code, StringComparison.Ordinal);
}
