namespace MessagingServices.Domain.Tests.Segments;

public class Gsm7Tests
{
    private static readonly IEnumerable<char> AllCharacters = Enumerable.Range(0, 0x10000).Select(code => (char)code);

    [Fact]
    public void Alphabet_has_127_basic_characters() =>
        Assert.Equal(127, AllCharacters.Count(c => Gsm7.SeptetsOf(c) == 1));

    [Fact]
    public void Ten_extension_characters_take_two_septets() =>
        Assert.Equal("\f[\\]^{|}~€", string.Concat(AllCharacters.Where(c => Gsm7.SeptetsOf(c) == 2)));

    [Fact]
    public void Alphabet_has_ASCII_without_backtick_and_most_controls()
    {
        var missing = AllCharacters.Take(128).Where(c => Gsm7.SeptetsOf(c) == 0 && !char.IsControl(c));
        var controls = AllCharacters.Take(128).Where(c => Gsm7.SeptetsOf(c) > 0 && char.IsControl(c));

        Assert.Equal("`", string.Concat(missing));
        Assert.Equal("\n\f\r", string.Concat(controls));
    }

    [Fact]
    public void Alphabet_has_some_signs_Western_letters_and_Greek_capitals() =>
        Assert.Equal(
            "¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ€",
            string.Concat(AllCharacters.Skip(128).Where(c => Gsm7.SeptetsOf(c) > 0)));

    [Theory]
    [InlineData("", true, 0)]
    [InlineData("Price: 5 €", true, 11)]
    [InlineData("Prix : 5 € ça", false, 0)]
    [InlineData("\U0001F61C", false, 0)]
    public void Septets_are_counted_only_for_texts_within_the_alphabet(string text, bool encodable, int septets)
    {
        Assert.Equal(encodable, Gsm7.TryCountSeptets(text, out var counted));
        Assert.Equal(septets, counted);
    }
}
